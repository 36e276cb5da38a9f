/// A rectangle of a picture, in pixels.
struct SVGFrame: Equatable {
    let x, y, width, height: Double

    var maxX: Double { x + width }
    var maxY: Double { y + height }
}

/// An SVG document that is drawn from its back to its front, for light and dark pages.
struct SVGCanvas {
    private static let style = """
          <style>
            .page { fill: #f3f3f3; }
            .tile { fill: #ffffff; stroke: #d8dde6; }
            text { font: 14px system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2328; }
            .title { font-weight: 600; font-size: 20px; }
            .head { font-weight: 600; font-size: 15px; }
            .figure { font-size: 34px; fill: #032d60; }
            .small { font-size: 12px; fill: #57606a; }
            .grid { stroke: #e5e9ef; }
            .bar { fill: #1b96ff; }
            .trend { fill: none; stroke: #1b96ff; stroke-width: 2; }
            .dot { fill: #0b5cab; }
            @media (prefers-color-scheme: dark) {
              .page { fill: #0d1117; }
              .tile { fill: #161b22; stroke: #30363d; }
              text { fill: #e6edf3; }
              .figure { fill: #a8d1ff; }
              .small { fill: #9aa4ae; }
              .grid { stroke: #2b333d; }
              .dot { fill: #a8d1ff; }
            }
          </style>
        """

    private var lines: [String]

    /// Begins a picture; its title and description are for those who do not see it.
    init(width: Int, height: Int, title: String, description: String) {
        lines = [
            #"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \#(width) \#(height)" width="\#(width)" "#
                + #"height="\#(height)" role="img" aria-labelledby="title description">"#,
            #"  <title id="title">\#(Self.escaped(title))</title>"#,
            #"  <desc id="description">\#(Self.escaped(description))</desc>"#,
            Self.style, #"  <rect class="page" width="\#(width)" height="\#(height)" rx="10"/>"#,
        ]
    }

    /// The whole document, with a line feed at its end.
    var document: String { lines.joined(separator: "\n") + "\n</svg>\n" }

    mutating func text(_ text: String, _ style: String, x: Double, y: Double, anchor: String = "start") {
        guard !text.isEmpty else { return }
        let place = anchor == "start" ? "" : #" text-anchor="\#(anchor)""#
        lines.append(
            "  <text\(Self.styled(style)) \(Self.pair("x", x)) \(Self.pair("y", y))\(place)>\(Self.escaped(text))</text>"
        )
    }

    mutating func rectangle(_ style: String, _ frame: SVGFrame, radius: Int) {
        let size = "\(Self.pair("width", frame.width)) \(Self.pair("height", frame.height))"
        lines.append(
            "  <rect\(Self.styled(style)) \(Self.pair("x", frame.x)) \(Self.pair("y", frame.y)) \(size) rx=\"\(radius)\"/>"
        )
    }

    mutating func line(_ style: String, x1: Double, y1: Double, x2: Double, y2: Double) {
        let places = [("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2)].map { Self.pair($0.0, $0.1) }.joined(
            separator: " ")
        lines.append("  <line\(Self.styled(style)) \(places)/>")
    }

    mutating func polyline(_ style: String, _ places: [(x: Double, y: Double)]) {
        let points = places.map { "\(DecimalText.short($0.x)),\(DecimalText.short($0.y))" }.joined(separator: " ")
        lines.append("  <polyline\(Self.styled(style)) points=\"\(points)\"/>")
    }

    mutating func circle(_ style: String, x: Double, y: Double, radius: Double) {
        lines.append(
            "  <circle\(Self.styled(style)) \(Self.pair("cx", x)) \(Self.pair("cy", y)) \(Self.pair("r", radius))/>")
    }

    private static func styled(_ style: String) -> String { style.isEmpty ? "" : " class=\"\(style)\"" }

    private static func pair(_ name: String, _ value: Double) -> String { "\(name)=\"\(DecimalText.short(value))\"" }

    private static func escaped(_ text: String) -> String {
        // XML has no control characters, however they are written.
        let plain = String(text.map { $0.unicodeScalars.contains { $0.value < 0x20 } ? "\u{FFFD}" : $0 })
        return plain.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
