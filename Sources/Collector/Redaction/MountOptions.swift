/// Redacts the options of a mount: only words that are known to hold no credential stay whole.
///
/// Of any other option its name stays: `password=<redacted>`. Source: mount(8), nfs(5),
/// mount.cifs(8).
enum MountOptions {
  /// Returns a list of options, separated by commas, as it may be kept.
  static func redact(_ list: ArraySlice<UInt8>) -> [UInt8] {
    let options = list.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    return Array(options.map { option($0) }.joined(separator: [UInt8(ascii: ",")]))
  }

  private static func option(_ option: ArraySlice<UInt8>) -> [UInt8] {
    let equals = option.firstIndex(of: UInt8(ascii: "="))
    let name = option[..<(equals ?? option.endIndex)]
    let isNamed = name.allSatisfy { $0.isNameByte }
    guard let equals else {
      return option.isEmpty || isHarmless(name) ? Array(option) : Redaction.mark
    }
    let value = option[(equals + 1)...]
    // user alone lets anyone mount, user=NAME is a credential.
    let isUser = name.elementsEqual("user".utf8)
    if isHarmless(name) && !isUser && value.allSatisfy(isPlain) { return Array(option) }
    // What a unit waits for may be a mapping.
    let isDevice = KeptTokens.devicePaths(in: value).first == value
    if isNamed && isDevice && !SecretName.isSecret(name) { return Array(option) }
    return (isNamed ? name + [UInt8(ascii: "=")] : []) + Redaction.mark
  }

  private static func isHarmless(_ name: ArraySlice<UInt8>) -> Bool {
    let name = String(decoding: name, as: UTF8.self)
    return harmless.contains(name) || name.hasPrefix("x-systemd.")
  }

  /// What numbers, addresses, words and paths are made of: no `%`, no `@`.
  private static func isPlain(_ byte: UInt8) -> Bool {
    byte.isNameByte || ":/+[]".utf8.contains(byte)
  }

  static let harmless: Set<String> = [
    "_netdev", "ac", "acdirmax", "acdirmin", "acl", "acregmax", "acregmin", "actimeo", "addr",
    "async", "atime", "auto", "autodefrag", "barrier", "bg", "bind", "cache", "clientaddr",
    "codepage", "commit", "compress", "context", "cto", "data", "defaults", "degraded", "dev",
    "dir_mode", "dirsync", "discard", "dmask", "errors", "exec", "fg", "file_mode", "fmask",
    "forcegid", "forceuid", "fsc", "gid", "gquota", "grpquota", "hard", "inode32", "inode64",
    "intr", "iocharset", "ip", "journal_checksum", "lazytime", "local_lock", "lock", "logbsize",
    "logbufs", "lookupcache", "loop", "max_batch_time", "mfsymlinks", "minorversion", "mode",
    "mountport", "mountproto", "mountvers", "namlen", "nconnect", "nfsvers", "noac", "noacl",
    "noatime", "noauto", "nobarrier", "nobrl", "nocto", "nodev", "nodiratime", "nodiscard",
    "noexec", "nofail", "nointr", "nolock", "noperm", "noquota", "noserverino", "nosharecache",
    "nosuid", "nounix", "nouser", "nr_inodes", "owner", "port", "pquota", "pri", "prjquota",
    "proto", "quota", "rbind", "rdirplus", "relatime", "remount", "retrans", "retry", "ro", "rsize",
    "rw", "seal", "sec", "serverino", "sharecache", "shortname", "size", "soft", "softreval",
    "space_cache", "ssd", "strictatime", "stripe", "subvol", "subvolid", "suid", "sw", "swap",
    "sync", "tcp", "timeo", "udp", "uid", "umask", "uquota", "user", "users", "usrquota", "utf8",
    "vers", "wsize", "xattr", "zstd",
  ]
}
