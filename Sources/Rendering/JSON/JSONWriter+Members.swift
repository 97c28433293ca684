import BundleFormat

extension JSONWriter {
  @inline(__always)
  mutating func member(_ name: StaticString, _ text: String?) {
    key(literal: name)
    value(text)
  }

  @inline(__always)
  mutating func member(_ name: StaticString, _ number: Int?) {
    key(literal: name)
    value(number)
  }

  @inline(__always)
  mutating func member(_ name: StaticString, _ number: Double?, decimals: Int) {
    key(literal: name)
    value(number, decimals: decimals)
  }

  mutating func array<Element>(
    _ name: StaticString, _ elements: [Element], write: (inout JSONWriter, Element) -> Void
  ) {
    key(literal: name)
    beginArray()
    for element in elements { write(&self, element) }
    endArray()
  }

  /// Writes an array, or null for an empty one of which nobody knows whether it is.
  mutating func array<Element>(
    _ name: StaticString, _ elements: [Element], isKnown: Bool,
    write: (inout JSONWriter, Element) -> Void
  ) {
    if isKnown || !elements.isEmpty { return array(name, elements, write: write) }
    key(literal: name)
    null()
  }
}
