import Analysis
import BundleFormat
import Glibc
import Rendering

/// Where reports go: standard output, or files in a folder.
struct ReportOutput {
  private let folder: String?
  private let formats: [ReportFormat]
  private let isColored: Bool
  /// Assessments that one JSON document on standard output will hold.
  private var collected: [AssessmentJSON] = []
  private var names: Set<String> = []
  private var count = 0

  init(folder: String?, formats: [ReportFormat], isColored: Bool) {
    self.folder = folder
    self.formats = formats.isEmpty ? (folder == nil ? [.text] : [.json]) : formats
    self.isColored = isColored
  }

  /// Prints or writes one assessment; false when that failed.
  mutating func add(_ assessment: Assessment) -> Bool {
    count += 1
    if let folder { return write(assessment, into: folder) }
    switch formats[0] {
    case .json:
      collected.append(AssessmentJSON(assessment))
      return true
    case .text:
      let separator = count > 1 ? "\n" : ""
      return Console.print(separator + TextReport(assessment, colored: isColored).text)
    }
  }

  /// Prints what waited for the last assessment.
  func finish() -> Bool {
    guard let first = collected.first else { return true }
    return Console.print(count == 1 ? first.bytes : AssessmentJSON.bytes(of: collected))
  }

  private mutating func write(_ assessment: Assessment, into folder: String) -> Bool {
    guard FileOutput.makeFolder(folder) else { return false }
    var isWritten = true
    let name = fileName(for: assessment)
    for format in formats {
      let path = "\(folder)/\(name).\(format.fileExtension)"
      if FileOutput.write(format.bytes(of: assessment), to: path) {
        isWritten = Console.print(path + "\n") && isWritten
      } else {
        isWritten = false
      }
    }
    return isWritten
  }

  /// The node's name where it is fit for a file, else one made of the bundle's hash. A second bundle of
  /// a node bears its time, too.
  private mutating func fileName(for assessment: Assessment) -> String {
    let manifest = assessment.snapshot.bundle.manifest
    var name = manifest.node.name
    let isFit =
      (1...63).contains(name.utf8.count) && name != "." && name != ".."
      && name.utf8.allSatisfy(Self.isFit)
    if !isFit {
      name = "node-" + (assessment.snapshot.bundle.sha256 ?? String(repeating: "0", count: 12)).prefix(12)
    }
    if names.contains(name) { name += "-\(manifest.collectedAt.compact)" }
    names.insert(name)
    return name
  }

  private static func isFit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "."), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
