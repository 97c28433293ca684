import BundleFormat

/// Joins `dmsetup info`, `table` and `deps` into mappings.
struct MappingReader {
  private let info: Observed<SourceReader.Text>
  private let table: Observed<SourceReader.Text>
  private let dependencies: Observed<SourceReader.Text>
  private let reading: Int

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

  /// Whether both readings got the same answers, byte by byte, to the same questions.
  func isSame(as other: MappingReader) -> Bool {
    guard let info = info.value, let table = table.value, let otherInfo = other.info.value,
      let otherTable = other.table.value
    else { return false }
    return info.argv == otherInfo.argv && info.bytes.isSame(as: otherInfo.bytes)
      && table.bytes.isSame(as: otherTable.bytes)
  }

  /// Reads the mappings in the order of `dmsetup info`.
  func mappings(_ sources: inout SourceReader) -> Observed<[Mapping]> {
    let text: SourceReader.Text
    switch info {
    case .unavailable(let gap): return .unavailable(gap)
    case .present(let present): text = present
    }
    let rows: [MappingRow]
    do throws(ParseError) {
      rows = try MappingRow.parse(
        text.bytes.span, columns: MappingColumns(argv: text.argv), from: text.origin)
    } catch {
      return sources.fault(
        EntryFault(.broken, error.description), of: .dmsetupInfo, reading: reading)
    }
    let tables = tables(of: rows, &sources)
    let dependencies = dependencies(of: rows, &sources)
    var mappings: [Mapping] = []
    mappings.reserveCapacity(rows.count)
    for (index, row) in rows.enumerated() {
      let devices = dependencies[index] ?? tables[index].value?.flatMap(\.devices) ?? []
      mappings.append(
        Mapping(
          name: row.name, uuid: row.uuid, device: row.device, openCount: row.openCount,
          attributes: row.attributes, table: tables[index],
          dependencies: devices.count > 1 ? Array(Set(devices)).sorted() : devices,
          location: row.location))
    }
    return .present(mappings)
  }

  private func tables(
    of rows: [MappingRow], _ sources: inout SourceReader
  ) -> [Observed<[Target]>] {
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

  private func dependencies(
    of rows: [MappingRow], _ sources: inout SourceReader
  ) -> [[DeviceNumber]?] {
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
