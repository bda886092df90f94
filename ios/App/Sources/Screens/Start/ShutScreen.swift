import CoreKit
import SwiftUI

/// The database cannot be opened; nothing was touched.
struct ShutScreen: View {
    let failure: Failure

    var body: some View { Page(say("shut.title")) { Hint(sentence(failure)) } }
}
