#!/usr/bin/env bash
# Builds static/fonts/sanad-sans-{400,600}.woff2 for the pages, the same unpacked as assets/fonts/*.ttf for papers, and
# OFL.txt beside both.
# Source: IBM Plex Sans Arabic (SIL OFL 1.1), npm package fixed by version and checksum.
# One file a weight: Arabic and Latin are subset, merged, and renamed, because a changed copy
# may not carry the reserved font name. Needs npm and pyftsubset (Debian: fonttools, python3-brotli).
set -euo pipefail
cd "$(dirname "$0")/.."

package=@fontsource/ibm-plex-sans-arabic
version=5.3.0
sha256=282f301531ee62f317673553a3cd4ff9d0bc7bebfd5d9bcfe82ce2db9b64ff47
epoch=1767225600 # written into the fonts, so that two builds give the same bytes

# Arabic letters, marks, digits and punctuation; peh, tcheh, jeh, veh, qaf with three dots,
# keheh, ng (Agadir), gaf, Farsi yeh.
arabic=U+0020,U+00A0,U+060C,U+061B,U+061F,U+0621-063A,U+0640-0655,U+0660-066C,U+0670,U+0671
arabic=$arabic,U+067E,U+0686,U+0698,U+06A4,U+06A8,U+06A9,U+06AD,U+06AF,U+06CC
# ASCII, Latin-1, oe, punctuation, arrows up and down, minus. No arrows left or right: use an icon.
latin=U+0020-007E,U+00A0-00FF,U+0152,U+0153,U+2013,U+2014,U+2018-201A,U+201C-201E,U+2022,U+2026
latin=$latin,U+2039,U+203A,U+20AC,U+2191,U+2193,U+2212

python=$(head -n 1 "$(command -v pyftsubset)" | sed 's/^#! *//') # the one that has fontTools
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
(cd "$tmp" && npm pack --silent --ignore-scripts "$package@$version" >/dev/null)
tgz=$(echo "$tmp"/*.tgz)
echo "$sha256  $tgz" | sha256sum --check --quiet
tar -xzf "$tgz" -C "$tmp"
out=static/fonts
papers=assets/fonts
mkdir -p "$out" "$papers"

for weight in 400 600; do
  for script in arabic latin; do
    pyftsubset "$tmp/package/files/ibm-plex-sans-arabic-$script-$weight-normal.woff2" \
      --unicodes="${!script}" --layout-features='*' --no-hinting --glyph-names \
      --notdef-outline --name-IDs='*' --output-file="$tmp/$script-$weight.ttf"
  done
  SOURCE_DATE_EPOCH=$epoch "$python" - "$tmp/arabic-$weight.ttf" "$tmp/latin-$weight.ttf" \
    "$out/sanad-sans-$weight.woff2" "$weight" "$epoch" "$papers/sanad-sans-$weight.ttf" <<'PY'
import sys
from fontTools.merge import Merger
from fontTools.misc.timeTools import epoch_diff
from fontTools.ttLib import TTFont

arabic, latin, target, weight, epoch, unpacked = sys.argv[1:]
font = Merger().merge([arabic, latin])

style = {"400": "Regular", "600": "SemiBold"}[weight]
legacy = "Sanad Sans" if weight == "400" else "Sanad Sans SemiBold"
old = font["name"].getDebugName
names = {
    0: old(0), 1: legacy, 2: "Regular", 3: f"SanadSans-{style};{old(5)}",
    4: f"Sanad Sans {style}", 5: f"{old(5)}; subset, merged and renamed",
    6: f"SanadSans-{style}",
    13: "This Font Software is licensed under the SIL Open Font License, Version 1.1.",
    14: "http://scripts.sil.org/OFL",
}
if weight == "600":
    names |= {16: "Sanad Sans", 17: style}
font["name"].names = []
for key, text in names.items():
    font["name"].setName(text, key, 3, 1, 0x409)

font["post"].formatType = 3.0  # glyph names were only needed to merge
font["OS/2"].achVendID = "NONE"
font["OS/2"].usWeightClass = int(weight)
font["head"].created = font["head"].modified = int(epoch) - epoch_diff
font.recalcTimestamp = False
font.flavor = "woff2"
font.save(target)

font = TTFont(target, recalcTimestamp=False)
font.flavor = None
font.save(unpacked)
PY
done

{
  echo "Sanad Sans is a subset of IBM Plex Sans Arabic ($package $version), merged and renamed"
  echo "because \"Plex\" is a reserved font name. The licence below, of the original, covers it too."
  echo
  cat "$tmp/package/LICENSE"
} >"$out/OFL.txt"
cp "$out/OFL.txt" "$papers/OFL.txt"
ls -l "$out" "$papers"
