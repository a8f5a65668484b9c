namespace FarmAgent.Robot.Output;

/// <summary>The statistics of JSON results.</summary>
internal static class JsonStatistics
{
    public static void Write(JsonStream json, RunStatistics statistics)
    {
        json.StartObject("statistics"u8);
        json.StartObject("total"u8);
        json.Text("label"u8, statistics.TotalName);
        End(json, statistics.Total);
        json.StartList("suites"u8);
        foreach (var (suite, count) in statistics.Suites)
        {
            json.StartObject();
            json.Text("label"u8, suite.FullName);
            json.Text("name"u8, suite.Name);
            json.Text("id"u8, suite.Id);
            End(json, count);
        }

        json.EndList();
        json.StartList("tags"u8);
        foreach (var tag in statistics.Tags)
        {
            json.StartObject();
            json.Text("label"u8, tag.Name);
            json.Text("doc"u8, tag.Documentation);
            json.Text("links"u8, tag.Links);
            json.Text("info"u8, tag.Combined is null ? null : "combined");
            json.Text("combined"u8, tag.Combined);
            End(json, tag.Count);
        }

        json.EndList();
        json.EndObject();
    }

    private static void End(JsonStream json, StatisticCount count)
    {
        json.Number("pass"u8, count.Passed);
        json.Number("fail"u8, count.Failed);
        json.Number("skip"u8, count.Skipped);
        json.EndObject();
    }
}
