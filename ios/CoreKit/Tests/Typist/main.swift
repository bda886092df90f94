import DoorstepCore
import Foundation

// Types into a draft until the process is killed; says after every pause how much was kept.
let arguments = CommandLine.arguments
let marker = try HostMarker.kept(incarnation: Data(contentsOf: URL(fileURLWithPath: arguments[3])))
let client = try Client.open(
    opening: Opening(
        path: arguments[1], key: Data(contentsOf: URL(fileURLWithPath: arguments[2])), marker: marker,
        zone: "Asia/Shanghai"))
var text = ""
while true {
    text += "写"
    try client.typeInto(id: arguments[4], edits: [Edit(field: "narrative", value: .text(text: text))])
    FileHandle.standardOutput.write(Data("\(text.count)\n".utf8))
}
