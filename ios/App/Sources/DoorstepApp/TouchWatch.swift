import UIKit

/// Hears of every touch and takes none away.
@MainActor
final class TouchWatch: NSObject, UIGestureRecognizerDelegate {
    private let heard: () -> Void
    private weak var watched: UIWindow?

    init(heard: @escaping () -> Void) { self.heard = heard }

    /// Watches the window in front.
    func watch() {
        guard let window = UIViewController.top?.view.window, window !== watched else { return }
        watched = window
        let ear = UITapGestureRecognizer()
        ear.delegate = self
        window.addGestureRecognizer(ear)
    }

    func gestureRecognizer(_ recognizer: UIGestureRecognizer, shouldReceive touch: UITouch) -> Bool {
        heard()
        return false
    }
}
