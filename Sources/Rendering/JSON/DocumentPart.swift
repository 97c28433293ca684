import BundleFormat
import Threads

/// A part of a document that is written for itself, on whichever thread; its place in the whole is known.
struct DocumentPart: Sendable {
  /// How many objects and arrays are open where it begins.
  let depth: Int
  /// Whether the innermost of them has members by then.
  let followsMembers: Bool
  let write: @Sendable (inout JSONWriter) -> Void

  /// The members of a list in parts of some thirty KiB.
  ///
  /// - Parameter depth: How many objects and arrays are open within the list.
  static func members(
    _ count: Int, atDepth depth: Int, write: @escaping @Sendable (Int, inout JSONWriter) -> Void
  ) -> [DocumentPart] {
    stride(from: 0, to: count, by: membersInPart).map { start in
      DocumentPart(depth: depth, followsMembers: start > 0) { json in
        for position in start..<min(start + membersInPart, count) { write(position, &json) }
      }
    }
  }

  private static let membersInPart = 24
  /// About how many bytes the parts have that a thread holds at most.
  private static let bytesHeld = 160_000
  /// Fewer parts are written in the time that a thread takes to start and the last part to be waited for.
  private static let partsForTwo = 48

  /// Writes all parts and hands them over in their order, never more than a few of them in memory.
  ///
  /// - Returns: False as soon as `take` returned false.
  static func write(
    _ parts: [DocumentPart], to take: @escaping @Sendable (UnsafeRawBufferPointer) -> Bool
  ) -> Bool {
    Parallel.inOrder(parts.count, ifWorthwhile: parts.count >= partsForTwo) {
      JSONWriter(pretty: true, capacity: bytesHeld)
    } make: { number, continues, json in
      let part = parts[number]
      if !continues { json.restart(atDepth: part.depth, afterMembers: part.followsMembers) }
      part.write(&json)
    } take: { json in
      json.withBytes(take)
    }
  }
}
