import BundleFormat
import Threads

/// A part of a document that is written for itself, on whichever thread; its place in the whole is known.
struct DocumentPart: Sendable {
  /// How many objects and arrays are open where it begins.
  let depth: Int
  /// Whether the innermost of them has members by then.
  let followsMembers: Bool
  let write: @Sendable (inout JSONWriter) -> Void

  /// The members of a list in parts of some hundred KiB.
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

  private static let membersInPart = 96
  /// About how many bytes a part has.
  private static let bytesInPart = 160_000
  /// Fewer parts are written in the time that a thread takes to start and the last part to be waited for.
  private static let partsForTwo = 12

  /// Writes all parts and hands them over in their order, never more than two of them in memory.
  ///
  /// - Returns: False as soon as `take` returned false.
  static func write(
    _ parts: [DocumentPart], to take: @escaping @Sendable (UnsafeRawBufferPointer) -> Bool
  ) -> Bool {
    Parallel.inOrder(parts.count, ifWorthwhile: parts.count >= partsForTwo) {
      JSONWriter(pretty: true, capacity: bytesInPart)
    } make: { number, json in
      json.restart(atDepth: parts[number].depth, afterMembers: parts[number].followsMembers)
      parts[number].write(&json)
    } take: { json in
      json.withBytes(take)
    }
  }
}
