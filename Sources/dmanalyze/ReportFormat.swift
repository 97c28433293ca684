import Analysis
import ArgumentParser
import Rendering

/// A face of an assessment.
enum ReportFormat: String, CaseIterable, ExpressibleByArgument {
  case text
  case json
  case html
  case markdown
  case sarif
  case junit
  case openmetrics

  /// The ending of the file that `-o` writes.
  var fileExtension: String {
    switch self {
    case .text: "txt"
    case .json: "json"
    case .html: "html"
    case .markdown: "md"
    case .sarif: "sarif"
    case .junit: "junit.xml"
    case .openmetrics: "prom"
    }
  }

  /// Whether several bundles make one document on standard output, not one after the other.
  var isOneDocument: Bool {
    switch self {
    case .text, .html, .markdown: false
    case .json, .sarif, .junit, .openmetrics: true
    }
  }

  /// One node's report, or one document of several nodes.
  func bytes(of assessments: [Assessment]) -> [UInt8] {
    switch self {
    case .text:
      Array(assessments.map { TextReport($0).text }.joined(separator: "\n").utf8)
    case .json:
      assessments.count == 1
        ? AssessmentJSON(assessments[0]).bytes
        : AssessmentJSON.bytes(of: assessments.map { AssessmentJSON($0) })
    case .markdown:
      Array(assessments.map { MarkdownReport($0).text }.joined(separator: "\n").utf8)
    case .html: assessments.flatMap { ReportPage($0).bytes }
    case .sarif: SARIFLog(assessments).bytes
    case .junit: Array(JUnitReport(assessments).text.utf8)
    case .openmetrics: Array(OpenMetricsText(assessments).text.utf8)
    }
  }
}
