import Foundation
import Settings
import TestSupport
import Testing

@testable import VoiceIt

/// The cutting of WAV files, checked by Python's own reader.
@Suite struct WaveFileTests {
    @Test(arguments: [(8000, 1, 16), (16_000, 1, 16), (44_100, 2, 16), (8000, 1, 8), (11_025, 1, 8), (48_000, 2, 24)])
    func `what is longer loses its end, and Python reads the rest of it`(rate: Int, channels: Int, bits: Int) throws {
        let wave = WaveBytes(rate: rate, channels: channels, bits: bits, milliseconds: 6803)
        let file = try #require(WaveFile(wave.file()))
        #expect((6802...6803).contains(file.milliseconds))
        let cut = file.cut(to: 4900)
        #expect((4899...4900).contains(try #require(WaveFile(cut)).milliseconds))
        let frames = rate * 4900 / 1000
        let samples = wave.samples.prefix(frames * channels * bits / 8)
        let expected = "\(channels) \(bits) \(rate) \(frames) \(try WaveBytes.digest(Array(samples)))"
        #expect(try WaveBytes.read(cut) == expected)
    }

    @Test func `a shorter file stays as it came, however odd its header is`() throws {
        let wave = WaveBytes(milliseconds: 4900)
        for file in [wave.file(), wave.file(dataSize: 0), wave.file(dataSize: 0xFFFF_FFFF, riffSize: 0xFFFF_FFFF)] {
            #expect(try #require(WaveFile(file)).cut(to: 4900) == file)
        }
        #expect(try #require(WaveFile(WaveBytes(milliseconds: 0).file())).milliseconds == 0)
    }

    @Test func `a size that a streaming writer did not know reaches to the end`() throws {
        let wave = WaveBytes(milliseconds: 5200)
        for size: UInt32 in [0, 0xFFFF_FFFF, 0x7FFF_F000, UInt32(wave.samples.count + 1)] {
            let file = try #require(WaveFile(wave.file(dataSize: size, riffSize: 0xFFFF_FFFF)))
            #expect(file.milliseconds == 5200)
            #expect(file.cut(to: 4900) == WaveFile(wave.file())?.cut(to: 4900))
        }
    }

    @Test func `chunks in front are kept, an odd one with its padding, and those behind go`() throws {
        let wave = WaveBytes(milliseconds: 5500)
        let odd = WaveBytes.chunk("LIST", Array("abcde".utf8))
        let format = wave.format
        let data = WaveBytes.chunk("data", wave.samples)
        for chunks in [
            [odd, format, data], [format, odd, data, odd], [odd, data, odd, format], [format, odd, odd, data],
        ] {
            let whole = WaveBytes.riff(chunks)
            let cut = try #require(WaveFile(whole)).cut(to: 4900)
            #expect(try WaveBytes.read(cut).hasPrefix("1 16 8000 39200 "))
            let front = chunks.prefix { $0 != data }.joined()
            #expect(cut.dropFirst(12).starts(with: front))
            #expect(cut.count == 12 + front.count + (front.contains(format) ? 0 : format.count) + 8 + 78_400)
        }
    }

    @Test func `an odd number of bytes is padded, and a frame is never torn`() throws {
        let cut = try #require(WaveFile(WaveBytes(rate: 11_025, bits: 8, milliseconds: 5000).file())).cut(to: 1000)
        #expect(cut.count == 44 + 11_026)
        #expect(try WaveBytes.read(cut).hasPrefix("1 8 11025 11025 "))
        let wide = try #require(WaveFile(WaveBytes(rate: 44_100, channels: 2, milliseconds: 5000).file()))
        #expect(WaveFile(wide.cut(to: 4899))?.samples.count == 44_100 * 4899 / 1000 * 4)
    }

    @Test func `an extensible format is read as what it holds`() throws {
        let wave = WaveBytes(milliseconds: 5000)
        var long = Array(wave.format.dropFirst(8)) + WaveBytes.little(22, 2) + WaveBytes.little(16, 2)
        long += WaveBytes.little(4, 4) + WaveBytes.little(1, 2) + [UInt8](repeating: 7, count: 14)
        long.replaceSubrange(0..<2, with: WaveBytes.little(0xFFFE, 2))
        let data = WaveBytes.chunk("data", wave.samples)
        #expect(WaveFile(WaveBytes.riff([WaveBytes.chunk("fmt ", long), data]))?.milliseconds == 5000)
        // ADPCM, whose blocks' duration cannot be computed from their bytes.
        long.replaceSubrange(24..<26, with: WaveBytes.little(2, 2))
        #expect(WaveFile(WaveBytes.riff([WaveBytes.chunk("fmt ", long), data])) == nil)
        long.replaceSubrange(0..<2, with: WaveBytes.little(2, 2))
        #expect(WaveFile(WaveBytes.riff([WaveBytes.chunk("fmt ", long), data])) == nil)
    }

    @Test func `what is no WAV file is none`() {
        let whole = WaveBytes(milliseconds: 100).file()
        for length in 0..<44 { #expect(WaveFile(Array(whole.prefix(length))) == nil) }
        #expect(WaveFile(Array("ID3".utf8) + whole) == nil)
        #expect(WaveFile(Array("<html>".utf8)) == nil)
        for index in [0, 8, 12, 36] {
            var broken = whole
            broken[index] = UInt8(ascii: "x")
            #expect(WaveFile(broken) == nil)
        }
        // No frames a second, no channels, no bits.
        for index in [24, 22, 34] {
            var broken = whole
            broken.replaceSubrange(index..<(index + 2), with: [0, 0])
            #expect(WaveFile(broken) == nil)
        }
        #expect(WaveFile(Array(whole.prefix(44)))?.milliseconds == 0)
    }

    @Test func `cutting ten seconds takes less than a millisecond`() throws {
        let whole = WaveBytes(milliseconds: 10_000).file()
        func processorTime() -> Double {
            var time = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1_000_000
        }
        let start = processorTime()
        for _ in 0..<100 { #expect(WaveFile(whole)?.cut(to: 4900).count == 78_444) }
        #expect((processorTime() - start) / 100 < 1)
    }
}
