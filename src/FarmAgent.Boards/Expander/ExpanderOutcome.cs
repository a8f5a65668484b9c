using System.Diagnostics.CodeAnalysis;
using FarmAgent.Hardware.I2c;

namespace FarmAgent.Boards.Expander;

/// <summary>How a verb of the expander ended: with a value, or at a transfer that did not go through. A NACK is an outcome.</summary>
/// <typeparam name="T">What the verb gives.</typeparam>
/// <param name="Value">The value; default when a transfer did not go through.</param>
/// <param name="Transfer">The last transfer: the one that failed, or the last of all.</param>
/// <param name="Step">What that transfer was for, for example <c>read register 0x00</c>.</param>
public sealed record ExpanderOutcome<T>(T? Value, I2cTransferResult Transfer, string Step)
{
    /// <summary>True when every transfer went through.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsOk => Transfer.IsOk;
}
