using FarmAgent.Robot.Building;
using FarmAgent.Robot.Lexing;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Parsing;

/// <summary>Loops, groups and TRY.</summary>
internal sealed partial class BodyParser
{
    private static readonly string[] ForSeparators = ["IN", "IN RANGE", "IN ENUMERATE", "IN ZIP"];

    private ForLoop ReadFor(IReadOnlyList<Token> row)
    {
        var cells = row.Skip(1).Select(cell => cell.Value).ToList();
        var split = cells.FindIndex(cell => ForSeparators.Contains(TitleCase.NormalizeSpaces(cell)));
        var flavor = split < 0 ? null : TitleCase.NormalizeSpaces(cells[split]);
        var assign = split < 0 ? cells : cells[..split];
        var values = split < 0 ? [] : cells[(split + 1)..];
        var options = flavor switch
        {
            "IN ENUMERATE" => RowOptions.Take(values, "start"),
            "IN ZIP" => RowOptions.Take(values, "mode", "fill"),
            _ => [],
        };
        var errors = new List<string>();
        AddForHeaderErrors(errors, assign, flavor, values);
        RowOptions.Check(errors, "FOR", options, "mode", "STRICT", "SHORTEST", "LONGEST");
        var loop = new ForLoop
        {
            Assign = assign,
            Flavor = flavor ?? "IN",
            Values = values,
            Start = options.GetValueOrDefault("start"),
            Mode = options.GetValueOrDefault("mode"),
            Fill = options.GetValueOrDefault("fill"),
            Line = row[0].Line,
        };
        ReadLoopBody(loop, errors, "FOR loop");
        return loop;
    }

    private static void AddForHeaderErrors(List<string> errors, List<string> assign, string? flavor, List<string> values)
    {
        if (assign.Count == 0)
        {
            errors.Add("FOR loop has no variables.");
        }

        if (flavor is null)
        {
            errors.Add("FOR loop has no 'IN' or other valid separator.");
            return;
        }

        foreach (var name in assign)
        {
            var match = VariableMatch.Search(name, parseType: true, ignoreErrors: true);
            if (match.Identifier != '$' || !match.IsAssign())
            {
                errors.Add($"Invalid FOR loop variable '{name}'.");
            }
            else if (!TypeInfo.TryParseVariable(match, out _, out var error))
            {
                errors.Add($"Invalid FOR loop variable '{name}': {error}");
            }
        }

        if (values.Count == 0)
        {
            errors.Add("FOR loop has no values.");
        }
    }

    private WhileLoop ReadWhile(IReadOnlyList<Token> row)
    {
        var conditions = row.Skip(1).Select(cell => cell.Value).ToList();
        var options = RowOptions.Take(conditions, "limit", "on_limit", "on_limit_message");
        var errors = new List<string>();
        if (conditions.Count > 1)
        {
            errors.Add($"WHILE accepts only one condition, got {conditions.Count} conditions {ErrorList.Quote(conditions)}.");
        }

        if (!string.IsNullOrEmpty(options.GetValueOrDefault("on_limit")) && string.IsNullOrEmpty(options.GetValueOrDefault("limit")))
        {
            errors.Add("WHILE option 'on_limit' cannot be used without 'limit'.");
        }

        RowOptions.Check(errors, "WHILE", options, "on_limit", "PASS", "FAIL");
        var loop = new WhileLoop
        {
            Condition = conditions.Count > 0 ? string.Join(", ", conditions) : null,
            Limit = options.GetValueOrDefault("limit"),
            OnLimit = options.GetValueOrDefault("on_limit"),
            OnLimitMessage = options.GetValueOrDefault("on_limit_message"),
            Line = row[0].Line,
        };
        ReadLoopBody(loop, errors, "WHILE loop", _template ? "WHILE does not support templates." : null);
        return loop;
    }

    private GroupStep ReadGroup(IReadOnlyList<Token> row)
    {
        var names = Texts(row.Skip(1));
        var errors = new List<string>();
        if (names.Count > 1)
        {
            errors.Add($"GROUP accepts only one argument as name, got {names.Count} arguments {ErrorList.Quote(names)}.");
        }

        var group = new GroupStep { Name = string.Join(", ", names), Line = row[0].Line };
        ReadBody(group, errors, "GROUP", null);
        return group;
    }

    private void ReadLoopBody(BlockStep loop, List<string> errors, string type, string? more = null)
    {
        _loops++;
        ReadBody(loop, errors, type, more);
        _loops--;
    }

    private void ReadBody(BlockStep loop, List<string> errors, string type, string? more)
    {
        var end = ReadUntilEnd(loop.Body, Place.Block, _ => false);
        if (loop.Body.Count == 0)
        {
            errors.Add($"{type} cannot be empty.");
        }

        if (end is null)
        {
            errors.Add($"{type} must have closing END.");
        }

        if (more is not null)
        {
            errors.Add(more);
        }

        AddEndErrors(errors, end);
        loop.Error = ErrorList.Format(errors);
    }

    // Reads steps until END (returned), a row that starts the next branch (left alone), or the end of the body (null).
    private IReadOnlyList<Token>? ReadUntilEnd(List<Step> body, Place place, Func<IReadOnlyList<Token>, bool> isBranch)
    {
        while (_next < _rows.Count)
        {
            var row = _rows[_next];
            if (row[0].Value == "END")
            {
                _next++;
                return row;
            }

            if (isBranch(row))
            {
                return null;
            }

            body.Add(ReadStep(place));
        }

        return null;
    }

    private static void AddEndErrors(List<string> errors, IReadOnlyList<Token>? end)
    {
        if (end is not null)
        {
            AddNoArguments(errors, end, "END");
        }
    }

    private TryStep ReadTry(IReadOnlyList<Token> row)
    {
        var step = new TryStep { Line = row[0].Line };
        var headers = new List<List<string>>();
        var errors = new List<string>();
        IReadOnlyList<Token>? end = null;
        for (var header = row; ;)
        {
            var branchErrors = new List<string>();
            var branch = ReadTryHeader(header, branchErrors);
            step.Branches.Add(branch);
            headers.Add(branchErrors);
            end = ReadUntilEnd(
                branch.Body, branch.Type == "FINALLY" ? Place.Finally : Place.Block, next => next[0].Value is "EXCEPT" or "ELSE" or "FINALLY");
            if (branch.Body.Count == 0)
            {
                branchErrors.Add($"{branch.Type} branch cannot be empty.");
            }

            if (end is not null || _next >= _rows.Count)
            {
                break;
            }

            header = _rows[_next++];
        }

        errors.AddRange(headers[0]);
        AddTryStructureErrors(errors, step);
        if (end is null)
        {
            errors.Add("TRY must have closing END.");
        }

        if (_template)
        {
            errors.Add("TRY does not support templates.");
        }

        errors.AddRange(headers.Skip(1).SelectMany(list => list));
        AddEndErrors(errors, end);
        step.Error = ErrorList.Format(errors);
        return step;
    }

    private static TryBranch ReadTryHeader(IReadOnlyList<Token> row, List<string> errors)
    {
        var type = row[0].Value;
        if (type != "EXCEPT")
        {
            AddNoArguments(errors, row, type);
            return new TryBranch { Type = type, Line = row[0].Line };
        }

        var cells = row.Skip(1).Select(cell => cell.Value).ToList();
        var mark = cells.IndexOf("AS");
        var patterns = mark < 0 ? cells : cells[..mark];
        var assign = mark < 0 ? [] : cells[(mark + 1)..];
        if (mark >= 0 && assign.Count == 0)
        {
            errors.Add("EXCEPT AS requires a value.");
        }
        else if (assign.Count > 1)
        {
            errors.Add("EXCEPT AS accepts only one value.");
        }
        else if (assign.Count == 1 && VariableMatch.Search(assign[0], ignoreErrors: true) is var match && (match.Identifier != '$' || !match.IsAssign()))
        {
            errors.Add($"EXCEPT AS variable '{assign[0]}' is invalid.");
        }

        var options = RowOptions.Take(patterns, "type");
        RowOptions.Check(errors, "EXCEPT", options, "type", "GLOB", "REGEXP", "START", "LITERAL");
        return new TryBranch
        {
            Type = type,
            Patterns = patterns,
            PatternType = options.GetValueOrDefault("type"),
            Assign = assign.Count > 0 ? assign[0] : null,
            Line = row[0].Line,
        };
    }

    private static void AddTryStructureErrors(List<string> errors, TryStep step)
    {
        var (except, bare, other, final) = (0, 0, 0, 0);
        foreach (var branch in step.Branches.Skip(1))
        {
            switch (branch.Type)
            {
                case "EXCEPT":
                    AddIf(errors, other > 0, "EXCEPT not allowed after ELSE.");
                    AddIf(errors, final > 0, "EXCEPT not allowed after FINALLY.");
                    AddIf(errors, branch.Patterns.Count > 0 && bare > 0, "EXCEPT without patterns must be last.");
                    bare += branch.Patterns.Count == 0 ? 1 : 0;
                    except++;
                    break;
                case "ELSE":
                    AddIf(errors, final > 0, "ELSE not allowed after FINALLY.");
                    other++;
                    break;
                default:
                    final++;
                    break;
            }
        }

        AddIf(errors, final > 1, "Only one FINALLY allowed.");
        AddIf(errors, other > 1, "Only one ELSE allowed.");
        AddIf(errors, bare > 1, "Only one EXCEPT without patterns allowed.");
        AddIf(errors, except + final == 0, "TRY structure must have EXCEPT or FINALLY branch.");
    }

    private static void AddIf(List<string> errors, bool condition, string error)
    {
        if (condition)
        {
            errors.Add(error);
        }
    }
}
