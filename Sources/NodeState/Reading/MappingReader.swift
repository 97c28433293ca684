import BundleFormat

/// Joins `dmsetup info`, `table` and `deps` into mappings.
struct MappingReader {
  private let info: Observed<SourceReader.Text>
  private let table: Observed<SourceReader.Text>
  private let dependencies: Observed<SourceReader.Text>
  private let reading: Int
  /// What was read; nothing before, and where the lists are in step.
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
      } else if let mappings = mappingsInStep(repeating: first) {
        result = .present(mappings)
      } else {
        result = mappings(of: text, &sources)
      }
    }
    self.result = result
    return result
  }

  /// Returns the mappings of lists that go side by side; nil for others.
  private func mappingsInStep(repeating first: MappingReader?) -> [Mapping]? {
    guard case .present(let info) = info, case .present(let table) = table else { return nil }
    var before: MappingsBefore?
    if let first, case .present(let mappings)? = first.result, let asked = first.info.value,
      asked.argv == info.argv, let earlier = first.table.value
    {
      before = MappingsBefore(mappings, of: asked.bytes, earlier.bytes)
    }
    let lists = MappingLists(info: info, table: table, dependencies: dependencies.value)
    return lists.mappings(repeating: before)
  }

  private mutating func mappings(
    of text: SourceReader.Text, _ sources: inout SourceReader
  ) -> Observed<[Mapping]> {
    do throws(ParseError) {
      rows = try MappingRow.parse(
        text.bytes.span, columns: MappingColumns(argv: text.argv), from: text.origin)
    } catch {
      return sources.fault(
        EntryFault(.broken, error.description), of: .dmsetupInfo, reading: reading)
    }
    let tables = tables(&sources)
    let dependencies = dependencies(&sources)
    return .present(
      rows.indices.map {
        Mapping(rows[$0], table: tables[$0], dependencies: dependencies[$0])
      })
  }

  /// Whether both readings got the same answers, byte by byte, to the same questions.
  private func isSame(as other: MappingReader) -> Bool {
    guard let info = info.value, let table = table.value, let otherInfo = other.info.value,
      let otherTable = other.table.value
    else { return false }
    return info.argv == otherInfo.argv && info.bytes.isSame(as: otherInfo.bytes)
      && table.bytes.isSame(as: otherTable.bytes)
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

  /// Notes tables that could not be read; a list of which none could is no answer.
  private func noteUnread(_ tables: [Observed<[Target]>], _ sources: inout SourceReader) {
    guard reading == 1, let first = tables.first(where: { $0.gap != nil })?.gap else { return }
    let count = tables.count { $0.gap != nil }
    sources.note(
      SourceStatus(
        id: .dmsetupTable, status: count == tables.count ? .broken : .present,
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

extension Mapping {
  /// - Parameter dependencies: What the table lies on by the kernel's word; nil where the table has to say it.
  convenience init(
    _ row: MappingRow, table: Observed<[Target]>, dependencies: [DeviceNumber]?
  ) {
    var devices = dependencies ?? []
    if dependencies == nil, case .present(let targets) = table {
      for target in targets { devices += target.devices }
    }
    if devices.count > 1 { devices = Array(Set(devices)).sorted() }
    self.init(
      name: row.name, uuid: row.uuid, device: row.device, openCount: row.openCount,
      attributes: row.attributes, table: table, dependencies: devices, location: row.location)
  }
}

extension [UInt8] {
  /// Whether two entries hold the same bytes.
  func isSame(as other: [UInt8]) -> Bool {
    // A second reading that repeats the first shares its bytes: then `==` looks at no byte.
    self == other
  }
}
