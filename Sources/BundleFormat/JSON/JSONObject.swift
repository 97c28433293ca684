/// The members of a JSON object, in the order of the text.
///
/// Of a key that stands twice, the last value counts, at the place of the first.
public struct JSONObject: Hashable, Sendable {
  public private(set) var members: [Member]
  /// Positions by key; empty for a small object, which is searched.
  private var index: [String: Int] = [:]

  public struct Member: Hashable, Sendable {
    public let key: String
    public let value: JSONValue
    public init(key: String, value: JSONValue) {
      self.key = key
      self.value = value
    }
  }

  public init(_ members: [Member]) {
    self.members = []
    self.members.reserveCapacity(members.count)
    let isSmall = members.count <= 8
    for member in members {
      if let position = position(of: member.key) {
        self.members[position] = member
      } else {
        if !isSmall { index[member.key] = self.members.count }
        self.members.append(member)
      }
    }
  }

  private func position(of key: String) -> Int? {
    index.isEmpty ? members.firstIndex { $0.key == key } : index[key]
  }

  public subscript(key: String) -> JSONValue? { position(of: key).map { members[$0].value } }

  public static func == (left: JSONObject, right: JSONObject) -> Bool {
    left.members == right.members
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(members) }
}
