using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using FarmAgent.Simulation.Bus;
using FarmAgent.TestKit;

namespace FarmAgent.Simulation.Tests.Cpu;

/// <summary>
/// Short instruction sequences with the registers, flags and memory that another implementation of the architecture made of them.
/// vectors/README.md says how the file was made and how to read it.
/// </summary>
public sealed class InstructionVectorTests
{
    private const uint Scratch = 0x3_0000;
    private const int ScratchWords = 24;

    [Fact]
    public void Run_EachVector_EndsInTheRecordedState()
    {
        var rig = new CpuRig();
        var scratch = new MemoryRegion("scratch", new byte[ScratchWords * 4]);
        rig.Bus.MapMemory(Scratch, scratch);
        var failures = new List<string>();
        var reader = new VectorReader(File.ReadAllBytes(RepositoryFiles.At("tests/FarmAgent.Simulation.Tests/Cpu/vectors/thumb.bin")));
        while (reader.TryNext(out var code, out var before, out var after))
        {
            FillScratch(scratch);
            rig.Load(code);
            for (var register = 0; register < 8; register++)
            {
                rig[register] = before[register];
            }

            rig[16] = 0x0100_0000 | before[8];
            rig.Go();
            var state = Enumerable.Range(0, 8).Select(r => rig[r]).Append(rig[16] & 0xF800_0000).Append(Digest(scratch));
            if (!state.SequenceEqual(after))
            {
                failures.Add($"{Text(code)} from {Text(before)}: got {Text(state)}, recorded {Text(after)}");
            }
        }

        Assert.True(failures.Count == 0, $"{failures.Count} of {reader.Count} vectors differ:\n{string.Join('\n', failures.Take(40))}");
        Assert.True(reader.Count >= 1000);
    }

    private static void FillScratch(MemoryRegion scratch)
    {
        var word = 0x0302_0100u;
        for (var index = 0; index < ScratchWords; index++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(scratch.Bytes.AsSpan(index * 4), word);
            word += 0x8484_8484;
        }
    }

    private static uint Digest(MemoryRegion scratch)
    {
        var sum = 0u;
        for (var index = 0; index < ScratchWords; index++)
        {
            sum = BinaryPrimitives.ReadUInt32LittleEndian(scratch.Bytes.AsSpan(index * 4)) + BitOperations.RotateRight(sum, 5);
        }

        return sum;
    }

    private static string Text(IEnumerable<ushort> code) => string.Join(' ', code.Select(h => h.ToString("X4", CultureInfo.InvariantCulture)));

    private static string Text(IEnumerable<uint> state) => string.Join(' ', state.Select(w => w.ToString("X8", CultureInfo.InvariantCulture)));

    private sealed class VectorReader(byte[] bytes)
    {
        private int _position;

        public int Count { get; private set; }

        public bool TryNext(out ushort[] code, out uint[] before, out uint[] after)
        {
            (code, before, after) = ([], [], []);
            if (_position >= bytes.Length)
            {
                return false;
            }

            code = new ushort[bytes[_position++]];
            for (var index = 0; index < code.Length; index++)
            {
                code[index] = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(_position));
                _position += 2;
            }

            before = Words(9);
            after = Words(10);
            Count++;
            return true;
        }

        private uint[] Words(int count)
        {
            var words = new uint[count];
            for (var index = 0; index < count; index++)
            {
                words[index] = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(_position));
                _position += 4;
            }

            return words;
        }
    }
}
