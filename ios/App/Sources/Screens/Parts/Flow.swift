import SwiftUI

/// One beside the other, and on into the next line where there is no room.
struct Flow: Layout {
    var spacing: CGFloat = 8

    func sizeThatFits(proposal: ProposedViewSize, subviews: Subviews, cache: inout Void) -> CGSize {
        let lines = lines(proposal.width ?? .infinity, subviews)
        return CGSize(
            width: lines.map(\.width).max() ?? 0,
            height: lines.map(\.height).reduce(0, +) + spacing * CGFloat(max(0, lines.count - 1)))
    }

    func placeSubviews(
        in bounds: CGRect, proposal: ProposedViewSize, subviews: Subviews, cache: inout Void
    ) {
        var y = bounds.minY
        for line in lines(bounds.width, subviews) {
            var x = bounds.minX
            for index in line.range {
                let size = size(of: subviews[index], bounds.width)
                subviews[index].place(
                    at: CGPoint(x: x, y: y), anchor: .topLeading, proposal: ProposedViewSize(size))
                x += size.width + spacing
            }
            y += line.height + spacing
        }
    }

    private struct Line {
        var range: Range<Int>
        var width: CGFloat
        var height: CGFloat
    }

    /// What is wider than the whole is broken inside itself.
    private func size(of subview: LayoutSubview, _ width: CGFloat) -> CGSize {
        let ideal = subview.sizeThatFits(.unspecified)
        return ideal.width <= width
            ? ideal : subview.sizeThatFits(ProposedViewSize(width: width, height: nil))
    }

    private func lines(_ width: CGFloat, _ subviews: Subviews) -> [Line] {
        var lines: [Line] = []
        for index in subviews.indices {
            let size = size(of: subviews[index], width)
            if let last = lines.last, last.width + spacing + size.width <= width {
                lines[lines.count - 1] = Line(
                    range: last.range.lowerBound..<index + 1, width: last.width + spacing + size.width,
                    height: max(last.height, size.height))
            } else {
                lines.append(Line(range: index..<index + 1, width: size.width, height: size.height))
            }
        }
        return lines
    }
}
