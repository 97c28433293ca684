import Analysis

/// Findings of one rule, or variant of a rule, and severity, of which a mail shows the first few.
struct MailGroup: Equatable {
  let severity: Severity
  let rule: String
  let title: String
  let harm: String
  let remedy: String
  let findings: [Item]
  /// How many more of them there are.
  let moreCount: Int

  struct Item: Equatable {
    let subject: String
    let why: String
  }

  /// Groups of a mail, and subjects of a group.
  private static let mostGroups = 12
  private static let mostItems = 5
  /// What all groups may take of the page, in bytes as HTML.
  private static let mostBytes = 46_000

  var count: Int { findings.count + moreCount }

  /// `warning, 3 times`.
  var countInWords: String { count == 1 ? "once" : "\(count) times" }

  /// Chooses what a mail shows of findings that stand worst first, and says how many it doesn't.
  ///
  /// The worst rules come first, each with a few subjects: hundreds of one kind don't hide the others.
  static func selection(of findings: [Finding]) -> (groups: [MailGroup], more: String?) {
    var groups: [MailGroup] = []
    var rest: [Severity] = []
    var room = mostBytes
    for members in FindingKind.positions(in: findings).map({ $0.map { findings[$0] } }) {
      let group = groups.count < mostGroups ? MailGroup(members, room: &room) : nil
      if let group { groups.append(group) } else { rest += members.map(\.severity) }
    }
    let counts = MailFacts.counts(of: rest)
    return (groups, counts.isEmpty ? nil : counts.map(\.words).joined(separator: ", "))
  }

  /// Takes as many of a rule's findings as fit; nil when not even one does.
  private init?(_ members: [Finding], room: inout Int) {
    guard let first = members.first else { return nil }
    severity = first.severity
    rule = first.rule.name
    title = first.rule.title
    harm = first.rule.explanation.harm
    remedy = Clipping.clipped(ReportWords.remedy(of: members), to: 600)
    var left = room - 700 - Self.cost(title) - Self.cost(harm) - Self.cost(remedy)
    var items: [Item] = []
    for finding in members.prefix(Self.mostItems) {
      let item = Item(
        subject: Clipping.clipped(finding.subject, to: 140),
        why: Clipping.clipped(finding.why, to: 360))
      let cost = 260 + Self.cost(item.subject) + Self.cost(item.why)
      guard cost <= left else { break }
      left -= cost
      items.append(item)
    }
    guard !items.isEmpty else { return nil }
    findings = items
    moreCount = members.count - items.count
    room = left
  }

  /// How many bytes a text takes as HTML, with the places where it may be broken.
  private static func cost(_ text: String) -> Int {
    var html = HTMLWriter()
    html.breakable(text)
    return html.bytes.count
  }
}
