import Analysis
import ArgumentParser
import Rendering

/// A face of an assessment.
enum ReportFormat: String, CaseIterable, ExpressibleByArgument {
  case text
  case json
  case html

  /// The ending of the file that `-o` writes.
  var fileExtension: String {
    switch self {
    case .text: "txt"
    case .json: "json"
    case .html: "html"
    }
  }

  func bytes(of assessment: Assessment) -> [UInt8] {
    switch self {
    case .text: Array(TextReport(assessment).text.utf8)
    case .json: AssessmentJSON(assessment).bytes
    case .html: ReportPage(assessment).bytes
    }
  }
}
