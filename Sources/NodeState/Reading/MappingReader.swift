import BundleFormat

/// Joins `dmsetup info`, `table` and `deps` into mappings.
struct MappingReader {
  private let info: Observed<SourceReader.Text>
  private let table: Observed<SourceReader.Text>
  private let dependencies: Observed<SourceReader.Text>
  private let reading: Int
  /// What was read; nothing before, and where it could not be.
  private var rows: [MappingRow] = []
  private var result: Observed<[Mapping]>?

  /// Takes the answers of one reading; `deps` is asked in the first alone.
  init(_ sources: inout SourceReader, reading: Int) {
    self.reading = reading
    info = sources.text(of: .dmsetupInfo, reading: reading)
    table = sources.text(of: .dmsetupTable, reading: reading)
    dependencies =
      reading == 1
      ? sources.text(of: .dmsetupDeps)
      : .unavailable(Gap(source: .dmsetupDeps, reason: "asked once"))
  }

  /// Reads the mappings in the order of `dmsetup info`.
  ///
  /// - Parameter first: The first reading, for the second: a mapping of which both say the same is that
  ///   of the first.
  mutating func mappings(
    _ sources: inout SourceReader, repeating first: MappingReader? = nil
  ) -> Observed<[Mapping]> {
    let result: Observed<[Mapping]>
    switch info {
    case .unavailable(let gap): result = .unavailable(gap)
    case .present(let text):
      if let first, let same = first.result, isSame(as: first) {
        result = same
      } else {
        result = mappings(of: text, &sources, repeating: first)
      }
    }
    self.result = result
    return result
  }

  private mutating func mappings(
    of text: SourceReader.Text, _ sources: inout SourceReader, repeating first: MappingReader?
  ) -> Observed<[Mapping]> {
    do throws(ParseError) {
      rows = try MappingRow.parse(
        text.bytes.span, columns: MappingColumns(argv: text.argv), from: text.origin,
        repeating: first?.rows(askedBy: text.argv))
    } catch {
      return sources.fault(
        EntryFault(.broken, error.description), of: .dmsetupInfo, reading: reading)
    }
    if let first, let mappings = mappings(repeating: first) { return .present(mappings) }
    let tables = tables(&sources)
    let dependencies = dependencies(&sources)
    return .present(
      rows.indices.map { mapping(at: $0, table: tables[$0], dependencies: dependencies[$0]) })
  }

  /// Whether both readings got the same answers, byte by byte, to the same questions.
  private func isSame(as other: MappingReader) -> Bool {
    guard let info = info.value, let table = table.value, let otherInfo = other.info.value,
      let otherTable = other.table.value
    else { return false }
    return info.argv == otherInfo.argv && info.bytes.isSame(as: otherInfo.bytes)
      && table.bytes.isSame(as: otherTable.bytes)
  }

  /// The rows for a list that was asked by that command line; nil when it is another one.
  private func rows(askedBy argv: [String]?) -> RowsBefore? {
    guard let info = info.value, info.argv == argv else { return nil }
    return RowsBefore(rows, of: info.bytes)
  }

  /// Returns this reading's mappings, those that the first one says the same of as they are; nil where
  /// one of the readings has no tables.
  private func mappings(repeating first: MappingReader) -> [Mapping]? {
    guard case .present(let before)? = first.result, case .present(let earlier) = first.table,
      case .present(let text) = table,
      let tables = try? MappingTables.parse(
        text.bytes.span, of: rows, from: text.origin, repeating: before, of: earlier.bytes.span)
    else { return nil }
    return rows.indices.compactMap { index in
      if let table = tables[index] { return mapping(at: index, table: table, dependencies: nil) }
      return rows[index].original.map { before[$0] }
    }
  }

  private func mapping(
    at index: Int, table: Observed<[Target]>, dependencies: [DeviceNumber]?
  ) -> Mapping {
    var devices = dependencies ?? []
    if dependencies == nil, case .present(let targets) = table {
      for target in targets { devices += target.devices }
    }
    if devices.count > 1 { devices = Array(Set(devices)).sorted() }
    return Mapping(
      name: rows[index].name, uuid: rows[index].uuid, device: rows[index].device,
      openCount: rows[index].openCount, attributes: rows[index].attributes, table: table,
      dependencies: devices, location: rows[index].location)
  }

  private func tables(_ sources: inout SourceReader) -> [Observed<[Target]>] {
    let gap: Gap
    switch table {
    case .unavailable(let missing): gap = missing
    case .present(let text):
      do throws(ParseError) {
        let tables = try MappingTables.parse(text.bytes.span, of: rows, from: text.origin)
        noteUnread(tables, &sources)
        return tables
      } catch {
        let fault: Observed<[Target]> = sources.fault(
          EntryFault(.broken, error.description), of: .dmsetupTable, reading: reading)
        return Array(repeating: fault, count: rows.count)
      }
    }
    return Array(repeating: .unavailable(gap), count: rows.count)
  }

  private func noteUnread(_ tables: [Observed<[Target]>], _ sources: inout SourceReader) {
    guard reading == 1, let first = tables.first(where: { $0.gap != nil })?.gap else { return }
    let count = tables.count { $0.gap != nil }
    sources.note(
      SourceStatus(
        id: .dmsetupTable, status: .present,
        detail: count == 1 ? first.reason : "\(first.reason), and \(count - 1) more tables"))
  }

  private func dependencies(_ sources: inout SourceReader) -> [[DeviceNumber]?] {
    if case .present(let text) = dependencies {
      do throws(ParseError) {
        return try MappingDependencies.parse(text.bytes.span, of: rows, from: text.origin)
      } catch {
        let _: Observed<[Mapping]> = sources.fault(
          EntryFault(.broken, error.description), of: .dmsetupDeps, reading: reading)
      }
    }
    return Array(repeating: nil, count: rows.count)
  }
}

extension [UInt8] {
  /// Whether two entries hold the same bytes.
  func isSame(as other: [UInt8]) -> Bool {
    // A second reading that repeats the first shares its bytes: then `==` looks at no byte.
    self == other
  }
}
