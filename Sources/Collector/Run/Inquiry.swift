import BundleFormat
import Spawn

/// A question on its way: which reading, and how it is asked at this attempt.
struct Inquiry {
  let question: Question
  let reading: Int
  /// The command line; fields that the tool doesn't know have been taken out.
  var arguments: [String]?
  /// When it was first asked: all attempts share one deadline.
  var askedAt = MonotonicTime.now
  /// When this attempt was started.
  var startedAt = MonotonicTime.now

  init(_ question: Question, reading: Int) {
    self.question = question
    self.reading = reading
    arguments = question.arguments
  }

  /// The files to read; nil for other questions.
  func fileQuestion(limit: Int) -> FileQuestion? {
    switch question.method {
    case .file(let path): FileQuestion(patterns: [path], limitBytes: limit)
    case .files(let patterns, _): FileQuestion(patterns: patterns, limitBytes: limit)
    case .command, .probe: nil
    }
  }

  /// Whether it reads only the kernel's own files, which don't hang: no helper is needed where they are
  /// the running kernel's.
  var isKernelFile: Bool {
    guard let patterns = fileQuestion(limit: 0)?.patterns else { return false }
    return patterns.allSatisfy { $0.hasPrefix("/proc/") || $0.hasPrefix("/sys/") }
  }

  /// Returns the same inquiry without what LVM said it doesn't know; nil when that isn't what went
  /// wrong.
  ///
  /// Source: lvm(8): exit code 5 and `Unrecognised field: lv_autoactivation`; lvmconfig(8): exit code 5
  /// and `Configuration node activation/auto_activation_volume_list not found`.
  func withoutUnknown(of result: ProgramResult) -> Inquiry? {
    withoutUnknownField(of: result) ?? withoutUnknownSetting(of: result)
  }

  private func withoutUnknownSetting(of result: ProgramResult) -> Inquiry? {
    guard question.source == .lvmconfig, result.cut == nil, result.exitCode != 0 else { return nil }
    let said = String(decoding: result.errorOutput, as: UTF8.self)
    var inquiry = self
    for line in said.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count >= 5, words[0] == "Configuration", words[1] == "node" else { continue }
      inquiry.arguments?.removeAll { $0 == words[2] }
    }
    // Asked for no setting at all, LVM would print every one.
    let hasSetting = inquiry.arguments?.contains { $0.contains("/") && !$0.hasPrefix("/") } == true
    return inquiry.arguments == arguments || !hasSetting ? nil : inquiry
  }

  private func withoutUnknownField(of result: ProgramResult) -> Inquiry? {
    guard let arguments, result.cut == nil, let code = result.exitCode, code != 0,
      let option = arguments.firstIndex(of: "-o"), option + 1 < arguments.count
    else { return nil }
    let mark = Array("Unrecognised field: ".utf8)
    let said = result.errorOutput + result.output
    guard let range = said[...].firstRange(of: mark) else { return nil }
    let name = said[range.upperBound...].prefix { $0.isWordByte || $0 == UInt8(ascii: "_") }
    let unknown = String(decoding: name, as: UTF8.self)
    let fields = arguments[option + 1].split(separator: ",")
    let known = fields.filter { $0 != unknown }
    guard known.count == fields.count - 1, !known.isEmpty else { return nil }
    var inquiry = self
    inquiry.arguments?[option + 1] = known.joined(separator: ",")
    return inquiry
  }
}
