extension Target {
  /// Reads `START LENGTH TYPE ARGUMENTS`, the part of a `dmsetup table` line after the name.
  ///
  /// The known types' arguments are counted: a name with a line break in it can forge a line, and
  /// the forged one has too many.
  ///
  /// - Throws: ``ParseError`` when the range is no such line.
  static func parse(
    _ bytes: Span<UInt8>, _ range: Range<Int>, line: Int, location: SourceLocation,
    from origin: EntryOrigin
  ) throws(ParseError) -> Target {
    if let target = Target(usual: range, in: bytes, location: location) { return target }
    var fields = FieldWalk(range)
    guard let start = fields.next(in: bytes).flatMap({ bytes.integer($0) }),
      let length = fields.next(in: bytes).flatMap({ bytes.integer($0) }), length > 0,
      !start.addingReportingOverflow(length).overflow
    else { throw origin.expected("a range of sectors", in: bytes, range, line: line) }
    guard let type = fields.next(in: bytes) else {
      throw origin.expected("a target type", in: bytes, range, line: line)
    }
    guard let kind = Kind(type: type, arguments: &fields, in: bytes) else {
      throw origin.expected("a target's arguments", in: bytes, range, line: line)
    }
    return Target(startSector: start, sectorCount: length, kind: kind, location: location)
  }

  /// Reads `0 73728 linear 8:48 2048` and `0 73728 thin 253:4 17`, which most lines are; nil for any other.
  private init?(usual range: Range<Int>, in bytes: Span<UInt8>, location: SourceLocation) {
    var form = FormWalk(range)
    guard let start = form.number(in: bytes), form.skip(" ", in: bytes),
      let length = form.number(in: bytes), length > 0,
      !start.addingReportingOverflow(length).overflow, form.skip(" ", in: bytes)
    else { return nil }
    let isLinear = form.skip("linear ", in: bytes)
    guard isLinear || form.skip("thin ", in: bytes), let device = form.device(in: bytes),
      form.skip(" ", in: bytes), let number = form.number(in: bytes), form.isAtEnd
    else { return nil }
    self.init(
      startSector: start, sectorCount: length,
      kind: isLinear
        ? .linear(Extent(device: device, startSector: number))
        : .thin(pool: device, id: number, externalOrigin: nil), location: location)
  }

  /// The devices that the target lies on, in the order of its arguments.
  var devices: [DeviceNumber] {
    switch kind {
    case .linear(let extent): [extent.device]
    case .striped(_, let extents): extents.map(\.device)
    case .thin(let pool, _, let externalOrigin): [pool] + (externalOrigin.map { [$0] } ?? [])
    case .thinPool(let metadata, let data): [metadata, data]
    case .error, .zero: []
    case .other(_, let devices): devices
    }
  }
}

extension Target.Kind {
  /// Reads a target's arguments; nil when a known type has others than it takes.
  ///
  /// Source: Linux `Documentation/admin-guide/device-mapper/`.
  init?(type: Range<Int>, arguments: inout FieldWalk, in bytes: Span<UInt8>) {
    if bytes.equals(type, "linear") {
      guard let extent = Self.extent(&arguments, in: bytes) else { return nil }
      self = .linear(extent)
    } else if bytes.equals(type, "thin") {
      guard let thin = Self.thin(&arguments, in: bytes) else { return nil }
      self = thin
    } else if bytes.equals(type, "striped") {
      guard let striped = Self.striped(&arguments, in: bytes) else { return nil }
      self = striped
    } else if bytes.equals(type, "thin-pool") {
      guard let pool = Self.thinPool(&arguments, in: bytes) else { return nil }
      self = pool
    } else if bytes.equals(type, "error") {
      self = .error
    } else if bytes.equals(type, "zero") {
      self = .zero
    } else {
      var devices: [DeviceNumber] = []
      var seen: Set<DeviceNumber> = []
      while let field = arguments.next(in: bytes) {
        if let device = bytes.device(field), seen.insert(device).inserted {
          devices.append(device)
        }
      }
      self = .other(type: MangledText.mangling(bytes, type), devices: devices)
    }
    if arguments.next(in: bytes) != nil { return nil }
  }

  private static func extent(
    _ arguments: inout FieldWalk, in bytes: Span<UInt8>
  ) -> Target.Extent? {
    guard let device = arguments.next(in: bytes).flatMap({ bytes.device($0) }),
      let start = arguments.next(in: bytes).flatMap({ bytes.integer($0) })
    else { return nil }
    return Target.Extent(device: device, startSector: start)
  }

  /// `POOL ID [EXTERNAL-ORIGIN]`
  private static func thin(_ arguments: inout FieldWalk, in bytes: Span<UInt8>) -> Self? {
    guard let pool = arguments.next(in: bytes).flatMap({ bytes.device($0) }),
      let id = arguments.next(in: bytes).flatMap({ bytes.integer($0) })
    else { return nil }
    guard let origin = arguments.next(in: bytes) else {
      return .thin(pool: pool, id: id, externalOrigin: nil)
    }
    guard let device = bytes.device(origin) else { return nil }
    return .thin(pool: pool, id: id, externalOrigin: device)
  }

  /// `COUNT CHUNK (DEVICE START)…`
  private static func striped(_ arguments: inout FieldWalk, in bytes: Span<UInt8>) -> Self? {
    guard let count = arguments.next(in: bytes).flatMap({ bytes.integer($0) }), count > 0,
      let chunk = arguments.next(in: bytes).flatMap({ bytes.integer($0) })
    else { return nil }
    var extents: [Target.Extent] = []
    // Not reserved by `count`: it is whatever the bundle says.
    while extents.count < count {
      guard let extent = extent(&arguments, in: bytes) else { return nil }
      extents.append(extent)
    }
    return .striped(chunkSectors: chunk, extents)
  }

  /// `METADATA DATA BLOCK LOW-WATER COUNT FEATURE…`
  private static func thinPool(_ arguments: inout FieldWalk, in bytes: Span<UInt8>) -> Self? {
    guard let metadata = arguments.next(in: bytes).flatMap({ bytes.device($0) }),
      let data = arguments.next(in: bytes).flatMap({ bytes.device($0) }),
      arguments.next(in: bytes).flatMap({ bytes.integer($0) }) != nil,
      arguments.next(in: bytes).flatMap({ bytes.integer($0) }) != nil
    else { return nil }
    if let count = arguments.next(in: bytes) {
      guard let count = bytes.integer(count) else { return nil }
      var seen = 0
      while arguments.next(in: bytes) != nil { seen += 1 }
      guard seen == count else { return nil }
    }
    return .thinPool(metadata: metadata, data: data)
  }
}
