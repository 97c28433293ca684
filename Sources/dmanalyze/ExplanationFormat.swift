import Analysis
import ArgumentParser
import BundleFormat
import NodeState
import Rendering

/// A face of an explanation.
enum ExplanationFormat: String, CaseIterable, ExpressibleByArgument {
  case text
  case json
}
