import BundleFormat

/// Why two bundles can't be compared.
public enum ComparisonError: Error, Hashable, Sendable, CustomStringConvertible {
  case otherNode(old: String, new: String)
  case otherMachine(node: String)
  /// The second was collected before the first.
  case wrongOrder(old: Timestamp, new: Timestamp)
  /// One of them doesn't say which mappings there were.
  case mappingsUnknown(collectedAt: Timestamp, reason: String)

  public var description: String {
    switch self {
    case .otherNode(let old, let new):
      "the bundles are of two nodes, \(old) and \(new): only two of one node can be compared"
    case .otherMachine(let node):
      "both bundles are of a node called \(node), but of two machines: their machine ids differ"
    case .wrongOrder(let old, let new):
      "the first bundle, of \(old), is the later one (\(new)): give the older one first"
    case .mappingsUnknown(let collectedAt, let reason):
      "the bundle of \(collectedAt) doesn't say which mappings there were: \(reason)"
    }
  }
}
