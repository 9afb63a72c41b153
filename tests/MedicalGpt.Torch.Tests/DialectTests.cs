using System.Reflection;
using MedicalGpt.Torch.Modules;
using MedicalGpt.Torch.Utils;

namespace MedicalGpt.Torch.Tests;

/// <summary>Our public members against TorchSharp's (tests/fixtures/torchsharp-api.txt): names, parameter names and their order. We may leave out parameters that have defaults there.</summary>
public sealed class DialectTests
{
    private static readonly Dictionary<Type, string[]> Sections = new()
    {
        [typeof(torch)] = ["torch"],
        [typeof(torch.Tensor)] = ["torch.Tensor", "TensorExtensionMethods"],
        [typeof(torch.Device)] = ["torch.Device"],
        [typeof(torch.Generator)] = ["torch.Generator"],
        [typeof(torch.autograd)] = ["torch.autograd"],
        [typeof(torch.cuda)] = ["torch.cuda"],
        [typeof(torch.nn)] = ["torch.nn"],
        [typeof(torch.nn.functional)] = ["torch.nn.functional"],
        [typeof(torch.nn.utils)] = ["torch.nn.utils"],
        [typeof(torch.optim)] = ["torch.optim"],
        [typeof(torch.optim.Optimizer)] = ["torch.optim.Optimizer"],
        [typeof(torch.optim.ILearningRateController)] = ["torch.optim.ILearningRateController"],
        [typeof(AdamW)] = ["AdamW", "OptimizerHelper", "torch.optim.Optimizer"],
        [typeof(AdamW.ParamGroup)] = ["AdamW.ParamGroup", "torch.optim.ILearningRateController"],
        [typeof(Parameter)] = ["Parameter", "torch.Tensor"],
        [typeof(DisposeScope)] = ["DisposeScope"],
        [typeof(DisposeScopeManager)] = ["DisposeScopeManager"],
        [typeof(Scalar)] = ["Scalar"],
        [typeof(ScalarExtensionMethods)] = ["ScalarExtensionMethods"],
        [typeof(TensorAccessor<>)] = ["TensorAccessor<T>"],
    };

    // TorchSharp has these types; the list of its members leaves them out.
    private static readonly HashSet<Type> Unlisted = [typeof(TensorIndex), typeof(BFloat16), typeof(ThreadDisposeScopeStatistics), typeof(DeviceType), typeof(torch.ScalarType), typeof(torch.RoundingMode), typeof(torch.nn.Reduction), typeof(TorchException)];

    // TorchSharp has the module nn.Embedding only; index_select is its equal.
    private static readonly HashSet<string> Ours = ["functional.embedding(x, weights)"];

    // What every C# value or disposable has.
    private static readonly HashSet<string> Ordinary = ["ToString", "Equals", "GetHashCode", "GetType", "Dispose", "GetEnumerator", "op_Implicit", "op_Explicit"];

    [Fact]
    public void Every_public_type_is_TorchSharps_or_in_Extras()
    {
        var strange = typeof(torch).Assembly.GetExportedTypes().Where(t => !t.Namespace!.StartsWith("MedicalGpt.Torch.Extras", StringComparison.Ordinal) && !Sections.ContainsKey(t) && !Unlisted.Contains(t));
        strange.ShouldBeEmpty();
    }

    [Fact]
    public void Every_public_member_is_TorchSharps()
    {
        var listed = Read();
        var strange = new List<string>();
        foreach (var (type, sections) in Sections)
        {
            var known = sections.SelectMany(s => listed[s]).ToList();
            foreach (var member in type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            {
                if (member is not (MethodBase or PropertyInfo) || member is MethodInfo { IsSpecialName: true, Name: var accessor } && !accessor.StartsWith("op_", StringComparison.Ordinal)) continue;
                var name = NameOf(member);
                if (Ordinary.Contains(name) || (type == typeof(Scalar) && name == "operator")) continue;
                var ours = (member as MethodBase)?.GetParameters() ?? ((PropertyInfo)member).GetIndexParameters();
                if (!known.Any(k => k.Name == name && Fits(ours.Select(p => p.Name!).ToList(), k.Parameters))) strange.Add($"{type.Name}.{name}({string.Join(", ", ours.Select(p => p.Name))})");
            }
        }

        strange.Except(Ours).ShouldBeEmpty();
    }

    /// <summary>Ours in their order, nothing else left out than what has a default.</summary>
    private static bool Fits(List<string> ours, List<Listed.Argument> theirs)
    {
        var next = 0;
        foreach (var argument in theirs)
        {
            if (next < ours.Count && ours[next] == argument.Name) next++;
            else if (!argument.HasDefault) return false;
        }

        return next == ours.Count;
    }

    private static string NameOf(MemberInfo member) => member switch
    {
        ConstructorInfo => "new",
        PropertyInfo property when property.GetIndexParameters().Length > 0 => "this",
        MethodInfo method when method.Name.StartsWith("op_", StringComparison.Ordinal) && !Ordinary.Contains(method.Name) => "operator",
        _ => member.Name,
    };

    private static Dictionary<string, List<Listed>> Read()
    {
        var sections = new Dictionary<string, List<Listed>>(StringComparer.Ordinal);
        List<Listed> current = [];
        foreach (var line in File.ReadLines(Path.Combine(Repository.Root, "tests", "fixtures", "torchsharp-api.txt")))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal)) sections[line[3..]] = current = sections.GetValueOrDefault(line[3..], []);
            else if (Listed.Parse(line) is { } entry) current.Add(entry);
        }

        return sections;
    }

    private sealed record Listed(string Name, List<Listed.Argument> Parameters)
    {
        public static Listed? Parse(string line)
        {
            if (line.StartsWith("operator ", StringComparison.Ordinal)) return new Listed("operator", Arguments(line[(line.IndexOf('(', StringComparison.Ordinal) + 1)..line.IndexOf(')', StringComparison.Ordinal)]));
            if (line.EndsWith('}')) return line.StartsWith("enum", StringComparison.Ordinal) || !line.Contains('{', StringComparison.Ordinal) ? null : Property(line[..line.LastIndexOf('{')].Trim());
            if (line.EndsWith(']')) return Property(line);
            if (!line.EndsWith(')')) return null;
            var open = Matching(line, '(', ')');
            var head = line[..open].Trim();
            var name = Last(head);
            return new Listed(name, Arguments(line[(open + 1)..^1]));
        }

        private static Listed Property(string text)
        {
            if (!text.EndsWith(']') || !text.Contains("this[", StringComparison.Ordinal)) return new Listed(Last(text), []);
            var open = Matching(text, '[', ']');
            return new Listed("this", Arguments(text[(open + 1)..^1]));
        }

        private static string Last(string text)
        {
            var generic = text.IndexOf('<', text.LastIndexOf(' ') + 1);
            var name = generic > 0 ? text[(text.LastIndexOf(' ', generic) + 1)..generic] : text[(text.LastIndexOf(' ') + 1)..];
            return name.TrimStart('@');
        }

        private static int Matching(string text, char open, char close)
        {
            var depth = 0;
            for (var i = text.Length - 1; i >= 0; i--)
            {
                if (text[i] == close) depth++;
                if (text[i] == open && --depth == 0) return i;
            }

            return 0;
        }

        private static List<Argument> Arguments(string text)
        {
            var found = new List<Argument>();
            var depth = 0;
            var start = 0;
            for (var i = 0; i <= text.Length; i++)
            {
                if (i < text.Length && "(<[".Contains(text[i], StringComparison.Ordinal)) depth++;
                if (i < text.Length && ")>]".Contains(text[i], StringComparison.Ordinal)) depth--;
                if (i < text.Length && (text[i] != ',' || depth > 0)) continue;
                var part = text[start..i].Trim();
                start = i + 1;
                if (part.Length == 0) continue;
                var equals = part.IndexOf('=', StringComparison.Ordinal);
                var declaration = equals < 0 ? part : part[..equals].Trim();
                found.Add(new Argument(declaration[(declaration.LastIndexOf(' ') + 1)..].TrimStart('@'), equals >= 0));
            }

            return found;
        }

        public sealed record Argument(string Name, bool HasDefault);
    }
}
