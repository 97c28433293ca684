import Analysis
import ArgumentParser
import Rendering

/// A face of a comparison.
enum DiffFormat: String, CaseIterable, ExpressibleByArgument {
  case text
  case json

  func bytes(of comparison: NodeComparison) -> [UInt8] {
    switch self {
    case .text: Array(DifferenceText(comparison).text.utf8)
    case .json: DifferenceJSON(comparison).bytes
    }
  }
}
