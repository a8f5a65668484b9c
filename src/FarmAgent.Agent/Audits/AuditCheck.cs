namespace FarmAgent.Agent.Audits;

/// <summary><c>farm-agent audit verify DIR</c>: the check without an agent, also on another machine.</summary>
internal static class AuditCheck
{
    /// <summary>Checks and prints.</summary>
    /// <returns>0 when the chain is whole.</returns>
    public static int Run(string folder, TextWriter output)
    {
        var found = AuditVerifier.Verify(folder);
        foreach (var problem in found.Problems)
        {
            output.WriteLine(problem);
        }

        if (found.Files == 0)
        {
            output.WriteLine($"AUDIT_MISSING: there is no audit in {folder}. Name the folder 'audit' of a state directory.");
            return 1;
        }

        output.WriteLine($"{found.Records} records in {found.Files} files, {found.First} to {found.Last}{(found.IsTorn ? ", the last line torn by a crash" : "")}");
        output.WriteLine($"head {found.Head}");
        output.WriteLine(found.Problems.Count == 0 ? "whole" : $"BROKEN in {found.Problems.Count} places");
        return found.Problems.Count == 0 ? 0 : 1;
    }
}
