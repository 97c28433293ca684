/// Which properties a disk's line may have, and which values.
///
/// Source: qemu-server `Drive.pm`; pve-container `LXC/Config.pm`.
struct PropertySchema: Sendable {
  /// At most 64.
  let properties: [Property]

  struct Property: Sendable {
    let name: StaticString
    let kind: Kind
    init(_ name: StaticString, _ kind: Kind) {
      self.name = name
      self.kind = kind
    }
  }

  enum Kind: Sendable {
    case boolean
    case integer
    case integerFrom(Int)
    case number
    /// A number with an optional `K`, `M`, `G` or `T`.
    case size
    case text
    /// A text of that many bytes at most.
    case textOfAtMost(Int)
    /// `0x` and 16 hexadecimal digits.
    case worldWideName
    case choice([StaticString])

    func accepts(_ range: Range<Int>, in bytes: Span<UInt8>) -> Bool {
      switch self {
      case .boolean: bytes.boolean(range) != nil
      case .integer: bytes.integer(range) != nil
      case .integerFrom(let least): bytes.integer(range).map { $0 >= least } ?? false
      case .number: bytes.decimal(range) != nil
      case .size: bytes.isSize(range)
      case .text: true
      case .textOfAtMost(let most): range.count <= most
      case .worldWideName: bytes.isWorldWideName(range)
      case .choice(let words): words.contains { bytes.equals(range, $0) }
      }
    }
  }

  /// Whether a name is that of a key's default property, or its alias: the volume.
  static func isDefault(_ bytes: Span<UInt8>, _ name: Range<Int>, of key: DiskKey) -> Bool {
    if bytes.equals(name, "volume") { return true }
    return key != .rootfs && key != .mountPoint && bytes.equals(name, "file")
  }

  /// Returns the volume or path of a part that is the default property's; nil for any other part.
  static func file(
    _ part: Range<Int>, of key: DiskKey, in bytes: Span<UInt8>
  ) -> Range<Int>? {
    guard let equals = bytes.firstIndex(of: UInt8(ascii: "="), in: part) else {
      return bytes.trimmed(part).isEmpty ? nil : part
    }
    let content = (equals + 1)..<part.upperBound
    return !content.isEmpty && isDefault(bytes, part.lowerBound..<equals, of: key) ? content : nil
  }

  /// Returns which of the properties a name is of; nil for one that there is not.
  func firstIndex(of name: Range<Int>, in bytes: Span<UInt8>) -> Int? {
    properties.firstIndex { bytes.equals(name, $0.name) }
  }

  static func of(_ key: DiskKey) -> PropertySchema {
    switch key {
    case .ide: ide
    case .scsi: scsi
    case .virtio: virtio
    case .sata: sata
    case .efidisk: efidisk
    case .tpmstate: tpmstate
    case .unused: unused
    case .rootfs: rootfs
    case .mountPoint: mountPoint
    }
  }
}

extension PropertySchema {
  private static let drive: [Property] =
    [
      Property("size", .size), Property("media", .choice(["cdrom", "disk"])),
      Property("cache", .choice(["none", "writethrough", "writeback", "unsafe", "directsync"])),
      Property("discard", .choice(["ignore", "on"])), Property("backup", .boolean),
      Property("replicate", .boolean), Property("snapshot", .boolean),
      Property("shared", .boolean), Property("detect_zeroes", .boolean),
      Property("aio", .choice(["native", "threads", "io_uring"])),
      Property(
        "format",
        .choice(["raw", "qcow", "qed", "qcow2", "vmdk", "cloop", "cow", "subvol"])),
      Property("rerror", .choice(["ignore", "report", "stop"])),
      Property("werror", .choice(["enospc", "ignore", "report", "stop"])),
      Property("serial", .textOfAtMost(60)),
    ]
    + megabyteLimits.map { Property($0, .number) } + limits.map { Property($0, .integer) }
    + burstSeconds.map { Property($0, .integerFrom(1)) }

  private static let megabyteLimits: [StaticString] = [
    "mbps", "mbps_rd", "mbps_wr", "mbps_max", "mbps_rd_max", "mbps_wr_max",
  ]

  private static let limits: [StaticString] = [
    "bps", "bps_rd", "bps_wr", "iops", "iops_rd", "iops_wr", "iops_max", "iops_rd_max",
    "iops_wr_max",
  ]

  private static let burstSeconds: [StaticString] = [
    "bps_max_length", "bps_rd_max_length", "bps_wr_max_length", "iops_max_length",
    "iops_rd_max_length", "iops_wr_max_length", "bps_rd_length", "bps_wr_length",
    "iops_rd_length", "iops_wr_length",
  ]

  private static let ide = PropertySchema(
    properties: [
      Property("model", .textOfAtMost(120)), Property("ssd", .boolean),
      Property("wwn", .worldWideName),
    ] + drive)
  private static let sata = PropertySchema(
    properties: [Property("ssd", .boolean), Property("wwn", .worldWideName)] + drive)
  private static let scsi = PropertySchema(
    properties: [
      Property("iothread", .boolean), Property("ssd", .boolean), Property("ro", .boolean),
      Property("scsiblock", .boolean), Property("queues", .integerFrom(2)),
      Property("wwn", .worldWideName),
      Property("product", .text), Property("vendor", .text),
    ] + drive)
  private static let virtio = PropertySchema(
    properties: [Property("iothread", .boolean), Property("ro", .boolean)] + drive)
  private static let efidisk = PropertySchema(
    properties: [
      Property("size", .size), Property("format", .text),
      Property("efitype", .choice(["2m", "4m"])), Property("pre-enrolled-keys", .boolean),
      Property("ms-cert", .text),
    ])
  private static let tpmstate = PropertySchema(
    properties: [
      Property("size", .size), Property("format", .text),
      Property("version", .choice(["v1.2", "v2.0"])),
    ])
  private static let unused = PropertySchema(properties: [])

  private static let containerVolume: [Property] = [
    Property("size", .size), Property("acl", .boolean), Property("ro", .boolean),
    Property("quota", .boolean), Property("replicate", .boolean), Property("shared", .boolean),
    Property("mountoptions", .text), Property("idmap", .text), Property("keepattrs", .boolean),
  ]
  private static let rootfs = PropertySchema(properties: containerVolume)
  private static let mountPoint = PropertySchema(
    properties: containerVolume + [Property("mp", .text), Property("backup", .boolean)])
}

extension Span where Element == UInt8 {
  /// Reads PVE's boolean: `1 on yes true 0 off no false`, of either case.
  func boolean(_ range: Range<Int>) -> Bool? {
    if equals(range, "1") { return true }
    if equals(range, "0") { return false }
    for word: StaticString in ["on", "yes", "true"] where equalsIgnoringCase(range, word) {
      return true
    }
    for word: StaticString in ["off", "no", "false"] where equalsIgnoringCase(range, word) {
      return false
    }
    return nil
  }

  fileprivate func isWorldWideName(_ range: Range<Int>) -> Bool {
    range.count == 18 && equals(range.prefix(2), "0x")
      && range.dropFirst(2).allSatisfy { Character(Unicode.Scalar(self[$0])).isHexDigit }
  }

  /// Whether a range is a size: `64M`, `1.5G`, `32GiB`, `4096`.
  ///
  /// Source: pve-common `JSONSchema.pm`, `parse_size`.
  func isSize(_ range: Range<Int>) -> Bool {
    var range = range
    if range.count > 3, equals((range.upperBound - 2)..<range.upperBound, "iB") {
      range = range.lowerBound..<(range.upperBound - 2)
    }
    if let last = range.last {
      switch self[last] {
      case UInt8(ascii: "K"), UInt8(ascii: "M"), UInt8(ascii: "G"), UInt8(ascii: "T"):
        range = range.lowerBound..<last
      default: break
      }
    }
    return decimal(range) != nil
  }
}
