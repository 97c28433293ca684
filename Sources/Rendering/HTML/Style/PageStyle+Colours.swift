extension PageStyle {
  /// Colours in both schemes: each text colour stands at 4.5:1 or more on each of the grounds, washes too.
  static let colours: StaticString = #"""

    :root{color-scheme:light dark;
    --ground:#fbfaf8;--raised:#fff;--sunk:#f2f1ed;--line:#dddbd4;--ink:#1d1f23;--muted:#5b5f66;--accent:#0b57a4;
    --critical:#b3201b;--warning:#855000;--notice:#1c6075;--info:#5b5f66;--good:#1e6b40;
    --critical-wash:#fceeec;--warning-wash:#fbf2df;--notice-wash:#e9f3f6;--good-wash:#e8f4ec;
    --valid:#3f8f62;--stale:#c9922e;--orphaned:#c4682b;--duplicate:#8a5bb5;--wrong:#b3201b;--unknown:#7d828a;--other:#b9bcc2}
    @media (prefers-color-scheme:dark){:root{
    --ground:#141518;--raised:#1b1d21;--sunk:#212429;--line:#363b42;--ink:#e7e8ea;--muted:#a5abb3;--accent:#84bdf5;
    --critical:#ff8f86;--warning:#eeb557;--notice:#83c8dd;--info:#a5abb3;--good:#82d3a4;
    --critical-wash:#34201f;--warning-wash:#302717;--notice-wash:#1a2b31;--good-wash:#1a2c22;
    --valid:#5cb585;--stale:#d9a84c;--orphaned:#dd8850;--duplicate:#b08ad8;--wrong:#f0736a;--unknown:#8d939c;--other:#565c65}}

    """#
}
