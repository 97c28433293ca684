import BundleFormat

/// The cleanup script's journal of any number of runs.
///
/// Source: `/var/log/dmtools-cleanup.log`, or a plan's own in `/var/lib/dmtools`. It comes from a node like
/// a bundle, and is trusted no more: what is not as the script writes it is set aside and named.
public struct CleanupJournal: Sendable {
  /// In the order of the file.
  public let entries: [JournalEntry]
  public let faults: [JournalFault]

  /// Reads a whole file; a last line without its end was cut off.
  public init(parsing bytes: [UInt8]) {
    var entries: [JournalEntry] = []
    var faults: [JournalFault] = []
    var number = 0
    var rest = bytes[...]
    while !rest.isEmpty {
      number += 1
      let end = rest.firstIndex(of: UInt8(ascii: "\n"))
      let line = rest[..<(end ?? rest.endIndex)]
      rest = end.map { rest[($0 + 1)...] } ?? []
      if line.isEmpty { continue }
      do throws(JournalFault) {
        let entry = try JournalEntry(parsing: line)
        if end == nil { throw JournalFault("was cut off") }
        entries.append(entry)
      } catch {
        faults.append(JournalFault(error.what, line: number))
      }
    }
    self.entries = entries
    self.faults = faults
  }
}
