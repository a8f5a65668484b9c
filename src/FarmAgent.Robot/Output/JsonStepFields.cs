using FarmAgent.Robot.Results;

namespace FarmAgent.Robot.Output;

/// <summary>What each kind of step has besides its body and status, in JSON results.</summary>
internal static class JsonStepFields
{
    public static void Write(JsonStream json, StepResult step)
    {
        switch (step)
        {
            case KeywordResult keyword:
                Write(json, keyword);
                break;
            case ForResult loop:
                json.Text("flavor"u8, loop.Flavor);
                json.Text("start"u8, loop.Start);
                json.Text("mode"u8, loop.Mode);
                json.EvenEmptyText("fill"u8, loop.Fill);
                json.Texts("assign"u8, loop.Assign);
                json.Texts("values"u8, loop.Values);
                break;
            case IterationResult iteration:
                json.Pairs("assign"u8, iteration.Assign);
                break;
            case WhileResult loop:
                json.Text("condition"u8, loop.Condition);
                json.Text("limit"u8, loop.Limit);
                json.Text("on_limit"u8, loop.OnLimit);
                json.Text("on_limit_message"u8, loop.OnLimitMessage);
                break;
            case IfBranchResult branch:
                json.Text("condition"u8, branch.Condition);
                break;
            case TryBranchResult branch:
                json.Texts("patterns"u8, branch.Patterns);
                json.Text("pattern_type"u8, branch.PatternType);
                json.Text("assign"u8, branch.Assign);
                break;
            case GroupResult group:
                json.Text("name"u8, group.Name);
                break;
            case VarResult statement:
                json.Text("name"u8, statement.Name);
                json.Text("scope"u8, statement.Scope);
                json.EvenEmptyText("separator"u8, statement.Separator);
                json.Texts("value"u8, statement.Values);
                break;
            case ReturnResult statement:
                json.Texts("values"u8, statement.Values);
                break;
            case ErrorResult row:
                json.Texts("values"u8, row.Values);
                break;
        }
    }

    private static void Write(JsonStream json, KeywordResult keyword)
    {
        json.Text("name"u8, keyword.Name);
        json.Text("owner"u8, keyword.Owner);
        json.Text("source_name"u8, keyword.SourceName);
        json.Texts("args"u8, keyword.Arguments);
        json.Texts("assign"u8, keyword.Assign);
        json.Texts("tags"u8, keyword.Tags);
        json.Text("doc"u8, keyword.Documentation);
        json.Text("timeout"u8, keyword.Timeout);
    }
}
