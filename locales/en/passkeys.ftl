passkey-title = Passkeys
passkey-claim = Enter with a fingerprint, a face or the device's PIN: nothing to steal, nothing to copy onto a false site.
passkey-why = The key stays on the device or in its owner's keychain; only a signature leaves it. Two keys on two devices are better than one.
passkey-own = Registered passkeys
passkey-name = Name of the passkey
passkey-name-hint = What tells the device: “work phone”, for example.
passkey-added = Added
passkey-used = Last used
passkey-never = Not yet
passkey-add = Add a passkey
passkey-make = Create the passkey
passkey-keep = Manage passkeys
passkey-remove = Remove
passkey-remove-one = Remove the passkey { $name }
passkey-last = Without the last one, the password alone is enough.
passkey-last-required = The post requires a second factor: without the last one, it is set up again at once.
passkey-script = Creating a passkey takes a recent browser with JavaScript. Everything else works without.
passkey-nameless = Passkeys are not available here: the address of this server is a number, and a passkey belongs to the name of a site.
passkey-not-built = This build of the program has no passkeys.
passkey-elsewhere = A passkey belongs to the name of the site, not to a number. It works at
passkey-enter = Sign in with a passkey
passkey-use = Use a passkey
passkey-instead = Or, instead of an app, a passkey:
passkey-refused = This passkey was not accepted. Please try again, or enter another way.
passkey-not-added = The passkey was not registered: the request expired or the key is known already. Please try again.
passkey-unreadable = The browser's answer cannot be read. Please try again.
passkey-failed = Cancelled, out of time, or no passkey of this site on the device. Nothing has changed.
passkey-known = This device has a passkey for this account already.
passkey-cut = The request failed. Please check the network and try again.
passkey-count = { $n ->
    [one] { $n } passkey
   *[other] { $n } passkeys
}
