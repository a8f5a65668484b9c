namespace FarmAgent.Simulation.Proof.Encodings;

/// <summary>Values of the fields of one encoding, by the letter that stands for them in its pattern.</summary>
internal sealed class FieldValues
{
    private readonly uint[] _values = new uint[128];

    public uint this[char field]
    {
        get => _values[field];
        set => _values[field] = value;
    }

    /// <summary>True if a register field is SP or PC, which most 32-bit instructions may not have.</summary>
    public bool IsSpecial(char field) => _values[field] is 13 or 15;

    /// <summary>True if any of the register fields is SP or PC.</summary>
    public bool AnySpecial(string fields)
    {
        foreach (var field in fields)
        {
            if (IsSpecial(field))
            {
                return true;
            }
        }

        return false;
    }
}
