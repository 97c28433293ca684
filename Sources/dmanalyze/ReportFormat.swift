import Analysis
import ArgumentParser
import Rendering

/// A face of an assessment.
enum ReportFormat: String, CaseIterable, ExpressibleByArgument {
  case text
  case json

  /// The ending of the file that `-o` writes.
  var fileExtension: String {
    switch self {
    case .text: "txt"
    case .json: "json"
    }
  }

  func bytes(of assessment: Assessment) -> [UInt8] {
    switch self {
    case .text: Array(TextReport(assessment).text.utf8)
    case .json: AssessmentJSON(assessment).bytes
    }
  }
}
