import BundleFormat
import NodeState

extension Rule {
  /// Says which fact kept the rule silent; nil where no single one did.
  func silence(on facts: MappingFacts, _ inventory: Inventory) -> String? {
    for aspect in aspects {
      if case .otherwise(let words) = aspect { return words }
      if !aspect.isThere(in: facts, inventory) { return aspect.opposite(in: facts, inventory) }
    }
    return nil
  }
}
