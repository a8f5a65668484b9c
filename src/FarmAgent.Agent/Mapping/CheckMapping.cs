using FarmAgent.Boards.Checks;
using Google.Protobuf.WellKnownTypes;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Mapping;

/// <summary>Checks of boards for the API.</summary>
internal static class CheckMapping
{
    public static Wire.BoardCheck ToWire(this BoardCheckReport report)
    {
        var wire = new Wire.BoardCheck { Board = ResourceNames.OfBoard(report.Board), Time = report.Time.ToTimestamp(), Passed = report.IsPassed };
        wire.Steps.Add(report.Steps.Select(s => new Wire.CheckStep
        {
            Subject = s.Subject,
            Outcome = s.Outcome switch
            {
                CheckOutcome.Passed => Wire.CheckOutcome.Passed,
                CheckOutcome.Failed => Wire.CheckOutcome.Failed,
                _ => Wire.CheckOutcome.Skipped,
            },
            Reason = s.Reason,
            Text = s.Text,
        }));
        return wire;
    }

    public static Wire.Quarantine ToWire(this BoardQuarantine quarantine) => new()
    {
        Reason = quarantine.Reason,
        Text = quarantine.Text,
        Since = quarantine.Since.ToTimestamp(),
    };
}
