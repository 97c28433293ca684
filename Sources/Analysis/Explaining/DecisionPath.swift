import BundleFormat
import NodeState

/// How a mapping got its verdict: every question that was asked, in order, with its answer.
public struct DecisionPath: Sendable {
  public let verdict: Verdict
  public let questions: [Question]

  public struct Question: Sendable {
    public let topic: Topic
    public let answer: Answer
  }

  public enum Topic: Sendable {
    case rule(Rule)
    case proof(Proof)
  }

  /// Something that must be known before any further rule is asked.
  public enum Proof: Sendable {
    /// LVM's metadata of the mapping's group.
    case metadata
    /// The mapping's live table.
    case table
    /// Guests, their configurations and what they do.
    case guests
    /// That some rule describes what the sources show.
    case anyRule
  }

  public enum Answer: Sendable {
    /// The rule fits, or the proof is there; the words say why.
    case yes(String, [Evidence])
    /// The rule does not fit. Nil where no single fact says why.
    case no(String?)
    /// It cannot be decided; the words say what is missing.
    case undecidable(String)
  }
}
