# shellcheck shell=bash
# What the scripts of this folder share: each sets self, goes to the repository's root, and sources this.
set -euo pipefail
self=${self:?}

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }
die() {
	say "$@"
	exit 1
}
# Ends a check that could not look at everything: with 77, which tools/test shows
# as "left out"; on CI, where nothing may be left out, it fails.
leave_out() {
	say "left out: $*"
	[ -z "${CI:-}" ] || die "on CI nothing may be left out"
	exit 77
}
# The comment that opens a script is its help.
help() {
	sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$self"
	exit 0
}
# A path that the caller gave, now that the current directory is another.
given() {
	case $1 in /*) printf '%s\n' "$1" ;; *) printf '%s/%s\n' "$OLDPWD" "$1" ;; esac
}
usage() {
	say "$1; see ${0##*/} --help"
	exit 2
}

# Installs the Debian packages that are not there yet.
need() { # PACKAGE...
	local package missing=() as_root=()
	command -v dpkg-query >/dev/null ||
		die "this is not Debian; install what these packages hold and take the calls of need out of the way: $*"
	for package; do
		[ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)" = installed ] || missing+=("$package")
	done
	[ ${#missing[@]} -gt 0 ] || return 0
	if [ "$(id -u)" != 0 ]; then
		command -v sudo >/dev/null || die "run as root once: apt-get install ${missing[*]}"
		as_root=(sudo)
	fi
	say "installing ${missing[*]}"
	local install=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install "${missing[@]}")
	"${as_root[@]}" "${install[@]}" </dev/null >/dev/null 2>&1 ||
		{ "${as_root[@]}" apt-get -qq update && "${as_root[@]}" "${install[@]}" </dev/null >/dev/null; } ||
		die "apt-get could not install ${missing[*]}; its words are above"
}

# Checks the Swift toolchain, and installs what it and the build are made with.
need_swift() {
	local version
	command -v swift >/dev/null || die "no swift on PATH: install a Swift 6.3 toolchain (swift.org/install) and add its usr/bin to PATH"
	# what the toolchain's own programs load, and what they call
	need curl libncurses6 libsqlite3-0 libxml2 binutils ca-certificates g++ git
	version=$(swift --version 2>&1) || die "swift does not start: $version"
	version=$(sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' <<<"$version")
	printf '6.3\n%s\n' "$version" | sort -V -C || die "Swift $version is too old: 6.3 or later is needed"
	need libarchive-dev libbz2-dev liblz4-dev liblzma-dev libzstd-dev nettle-dev zlib1g-dev
}
