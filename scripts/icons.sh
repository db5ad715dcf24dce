#!/usr/bin/env bash
# Builds static/icons.svg and static/icons.LICENSE.txt from lucide-static (ISC), fixed by version
# and checksum. Only icons in use: add a name below and run again.
# Neighbouring paths are joined where the second one starts absolutely: same drawing, fewer bytes.
# In a page: <svg class="i" aria-hidden="true"><use href="/static/icons.svg#bell"/></svg>
set -euo pipefail
cd "$(dirname "$0")/.."

version=1.62.0
sha256=386f9080c440d6f5049cefe3456ae8357f7a0c7f76e59670cd1cb83bc7050a44
icons='
arrow-down arrow-up baby badge-check bandage bell brain bus calendar chart-column check
chevron-down chevron-right circle-alert circle-help clipboard-list clock cloud-off download
ellipsis eye file-lock file-text filter flag folder-open footprints gavel graduation-cap
hand-heart handshake heart-handshake history hospital hourglass house house-heart info landmark
languages list-checks list-filter lock log-in log-out map-pin merge message-circle-question-mark
message-square moon paperclip pencil phone pill plus printer repeat-2 scale school search send
shield shield-check siren stethoscope triangle-alert undo-2 user user-plus user-x users x'

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
(cd "$tmp" && npm pack --silent --ignore-scripts "lucide-static@$version" >/dev/null)
tgz=$(echo "$tmp"/*.tgz)
echo "$sha256  $tgz" | sha256sum --check --quiet
tar -xzf "$tgz" -C "$tmp"

{
  # The mark itself: seen when the file is the icon of a tab, which then needs no request of its own.
  printf '%s\n' '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48">' \
    '<g fill="#0a5c4e"><rect x="9" y="9" width="30" height="30" rx="3"/><rect x="9" y="9" width="30" height="30" rx="3" transform="rotate(45 24 24)"/></g><circle cx="24" cy="24" r="9.5" fill="none" stroke="#fff" stroke-width="3"/><circle cx="24" cy="24" r="4" fill="#fff"/>'
  for name in $icons; do
    body=$(tr '\n' ' ' <"$tmp/package/icons/$name.svg" |
      sed -E 's/.*<svg[^>]*>//; s/<\/svg>.*//; s/ +/ /g; s/ ?\/>/\/>/g; s/> </></g; s/^ | $//g; :a; s/(<path d="[^"]*)"\/><path d="M/\1M/; ta')
    printf '<symbol id="%s" viewBox="0 0 24 24">%s</symbol>\n' "$name" "$body"
  done
  # Traffic lights: our own drawing, lucide has none.
  printf '%s\n' '<symbol id="lights" viewBox="0 0 24 24"><rect x="8" y="2" width="8" height="16" rx="2.5"/><path d="M12 18v4M12 6h.01M12 10h.01M12 14h.01M8 6H5.5M8 10H5.5M18.5 6H16M18.5 10H16"/></symbol>'
  printf '%s\n' '</svg>'
} >static/icons.svg
{
  echo "static/icons.svg is made from lucide-static $version; the symbol \"lights\" is our own."
  echo
  cat "$tmp/package/LICENSE"
} >static/icons.LICENSE.txt
ls -l static/icons.svg
