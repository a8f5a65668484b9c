using System.Text;

namespace FarmAgent.Simulation.Proof.Cases;

/// <summary>Cases that run together, laid out as the memory at <see cref="CaseLayout.Batch"/>.</summary>
internal sealed class CaseBatch
{
    private const ushort SupervisorCall = 0xDF00;
    private const int SlotSize = 64;
    private const int Lead = 16;
    private readonly List<CpuCase> _cases = [];
    private int _next = CaseLayout.CodeOffset;

    public IReadOnlyList<CpuCase> Cases => _cases;

    /// <summary>The content of the scratch area before each case: small numbers for tables of branches, then all kinds.</summary>
    public static byte[] Template { get; } = MakeTemplate();

    /// <summary>True when no further case fits.</summary>
    public bool IsFull => _cases.Count >= CaseLayout.MostCases || _next > CaseLayout.CodeEnd - 0x4000;

    /// <summary>Takes a place for code.</summary>
    /// <param name="reach">How far around it only SVC may be, because the code branches so far.</param>
    public uint Reserve(int reach)
    {
        var place = _next + Lead + reach;
        _next += SlotSize + (2 * reach);
        return CaseLayout.Batch + (uint)place;
    }

    /// <summary>A batch of some of the cases, at the same places.</summary>
    public CaseBatch Part(int from, int to)
    {
        var part = new CaseBatch();
        part._cases.AddRange(_cases[from..to]);
        return part;
    }

    public void Add(CpuCase test) => _cases.Add(test);

    /// <summary>The whole memory.</summary>
    /// <param name="resultPath">Where the semihosting host shall write the results.</param>
    public byte[] ToMemory(string resultPath)
    {
        var memory = new byte[CaseLayout.BatchSize];
        var path = Encoding.ASCII.GetBytes(resultPath);
        Put(memory, 0, (uint)_cases.Count);
        Put(memory, CaseLayout.OpenBlock, CaseLayout.Batch + CaseLayout.PathOffset);
        Put(memory, CaseLayout.OpenBlock + 4, 5);
        Put(memory, CaseLayout.OpenBlock + 8, (uint)path.Length);
        Put(memory, CaseLayout.WriteBlock + 4, CaseLayout.Batch + CaseLayout.ResultsOffset);
        Put(memory, CaseLayout.WriteBlock + 8, (uint)((_cases.Count + 1) * CaseLayout.ResultSize));
        path.CopyTo(memory, CaseLayout.PathOffset);
        Template.CopyTo(memory, CaseLayout.TemplateOffset);
        for (var offset = CaseLayout.SeaOffset; offset < memory.Length; offset += 2)
        {
            memory[offset + 1] = SupervisorCall >> 8;
        }

        for (var index = 0; index < _cases.Count; index++)
        {
            var test = _cases[index];
            test.Write(memory.AsSpan(CaseLayout.CasesOffset + (index * CaseLayout.CaseSize)));
            for (var half = 0; half < test.Code.Count; half++)
            {
                BitConverter.TryWriteBytes(memory.AsSpan((int)(test.Address - CaseLayout.Batch) + (half * 2)), test.Code[half]);
            }
        }

        return memory;
    }

    private static void Put(byte[] memory, int offset, uint value) => BitConverter.TryWriteBytes(memory.AsSpan(offset), value);

    private static byte[] MakeTemplate()
    {
        var bytes = new byte[CaseLayout.ScratchSize];
        var state = 0x9E37_79B9u;
        for (var index = 0; index < bytes.Length; index++)
        {
            state = (state * 1_664_525) + 1_013_904_223;
            bytes[index] = (byte)(state >> 24);
        }

        for (var index = 0; index < 8; index++)
        {
            bytes[0x40 + index] = (byte)(index + 1);
            bytes[0x50 + (index * 2)] = (byte)(index + 1);
            bytes[0x51 + (index * 2)] = 0;
        }

        return bytes;
    }
}
