namespace FarmAgent.Simulation.Bus;

/// <summary>Collects what firmware or a tool touched that the twin knows by name but does not model.</summary>
internal interface IUnmodelledLog
{
    /// <summary>Notes one access.</summary>
    /// <param name="name">Peripheral, register and field of the manual, for example <c>RCC.CFGR.MCO</c>.</param>
    /// <param name="write">True for a write, false for a read.</param>
    void Note(string name, bool write);
}
