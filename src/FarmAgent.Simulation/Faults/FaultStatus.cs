namespace FarmAgent.Simulation.Faults;

/// <summary>A fault of a bench and how far it is.</summary>
/// <param name="Id">Name to clear it by, for example <c>f3</c>; never given twice.</param>
/// <param name="Fault">The fault.</param>
/// <param name="IsActive">True while a lasting fault is there; false while any fault waits for its moment.</param>
/// <param name="Counted">What it has counted of its stream.</param>
/// <param name="Struck">How often it has struck.</param>
public sealed record FaultStatus(string Id, BenchFault Fault, bool IsActive, int Counted, int Struck);
