import ArgumentParser

/// A face of an explanation.
enum ExplanationFormat: String, CaseIterable, ExpressibleByArgument {
  case text
  case json
}
