package import Encoding
package import Foundation

extension UTCTime {
    package init(_ date: Date) {
        self.init(sinceEpoch: .seconds(date.timeIntervalSince1970))
    }
}
