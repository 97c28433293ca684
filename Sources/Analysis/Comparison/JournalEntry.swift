import BundleFormat
import NodeState

/// One line of the cleanup script's journal: what it did to a mapping, and when.
public struct JournalEntry: Hashable, Sendable {
  public let time: Timestamp
  public let node: String
  /// The plan's digest: 64 lower-case hexadecimal digits.
  public let plan: String
  public let phase: Int
  /// A rule's name as the script wrote it; it may be of another version.
  public let rule: String
  public let mapping: String
  /// Nil for a mapping that was made without one.
  public let uuid: String?
  public let outcome: Outcome
  /// The script's or the tool's own words; perhaps empty.
  public let words: String

  /// How a step, or an undo of one, ended.
  public enum Outcome: String, Sendable {
    /// It was about to be removed; the last word of a run that was cut off.
    case removing
    case removed
    /// The tool was called, and the mapping is still there.
    case failed
    /// Something else changed, and the run stopped.
    case surprise
    /// A proof did not hold, and nothing was done.
    case refused
    /// A person said no.
    case skipped
    /// An undo put it back.
    case restored
    /// An undo found it there.
    case there
  }

  /// Bytes of a line; the script cuts its words far below that.
  private static let lineLimit = 4096

  /// Reads a line without its line break.
  ///
  /// - Throws: ``JournalFault`` with what is wrong; its line number is 0.
  init(parsing line: ArraySlice<UInt8>) throws(JournalFault) {
    guard line.count <= Self.lineLimit else {
      throw JournalFault("is longer than \(Self.lineLimit) bytes")
    }
    let fields = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
    guard fields.count == 9 else {
      throw JournalFault(
        "has \(fields.count) \(fields.count == 1 ? "field" : "fields") instead of 9")
    }
    func text(_ index: Int) -> String { String(decoding: fields[index], as: UTF8.self) }
    guard let time = Timestamp(text(0)), time.description == text(0) else {
      throw JournalFault("has no time")
    }
    guard StepCharacters.isNodeName(text(1)) else { throw JournalFault("names no node") }
    guard StepCharacters.isHexadecimal(text(2), count: 64) else {
      throw JournalFault("names no plan")
    }
    guard text(3) == "1" || text(3) == "2" else { throw JournalFault("has no phase") }
    guard Self.isRuleName(fields[4]) else { throw JournalFault("names no rule") }
    guard StepCharacters.isMappingName(text(5)) else { throw JournalFault("names no mapping") }
    guard text(6) == "-" || StepCharacters.isMappingUUID(text(6)) else {
      throw JournalFault("has no uuid")
    }
    guard let outcome = Outcome(rawValue: text(7)) else { throw JournalFault("has no outcome") }
    self.time = time
    node = text(1)
    plan = text(2)
    phase = text(3) == "1" ? 1 : 2
    rule = text(4)
    mapping = text(5)
    uuid = text(6) == "-" ? nil : text(6)
    self.outcome = outcome
    words = text(8)
  }

  private static func isRuleName(_ bytes: ArraySlice<UInt8>) -> Bool {
    (1...64).contains(bytes.count)
      && bytes.allSatisfy {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == UInt8(ascii: "-")
      }
  }
}

/// A line of a journal that is not as the script writes it.
public struct JournalFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// From 1.
  public let line: Int
  /// What is wrong, to be read after "it": `names no mapping`.
  public let what: String

  init(_ what: String, line: Int = 0) {
    self.what = what
    self.line = line
  }

  public var description: String { "line \(line) \(what)" }
}
