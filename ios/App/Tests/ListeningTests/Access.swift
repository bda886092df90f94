import Foundation
import SwiftUI

@testable import Screens

/// What a screen owes those who listen to it and those whose hand shakes.
enum Access {
    /// Why a screen does not pay it, if so. Sizes are the least that its sources ask for.
    static func findings(_ screen: [Spoken]) -> [String] {
        let each = screen.flatMap { one in
            let name = "“\(Listening.line(one))”"
            let (width, height) = (Int(one.size.width), Int(one.size.height))
            let isSmall = one.isTouched && !(width >= Int(Measure.target) && height >= Int(Measure.target))
            let isUntold = one.isTouched && one.traits.isDisjoint(with: [.isButton, .isField])
            return [
                one.words.isEmpty ? "nothing says what it is: \(name)" : nil,
                one.words.contains(Listening.missing) ? "the catalog lacks \(name)" : nil,
                isSmall ? "\(name) is only \(width) × \(height) pt" : nil,
                isUntold ? "\(name) is touched and does not say so" : nil,
            ].compactMap { $0 }
        }
        let isTitled = screen.first { $0.traits.contains(.isHeader) } != nil
        return each + (isTitled ? [] : ["no heading says where one is"])
    }
}
