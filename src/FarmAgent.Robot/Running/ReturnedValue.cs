namespace FarmAgent.Robot.Running;

/// <summary>A return value that is resolved already, unlike the cells of a RETURN.</summary>
internal sealed record ReturnedValue(object? Value);
