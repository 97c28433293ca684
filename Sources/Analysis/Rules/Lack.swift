/// What is missing for a decision.
enum Lack: Sendable, Hashable {
  case volumes(String)
  case guests(String)
}
