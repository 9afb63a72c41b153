using MedicalGpt.Generators.Options.Diagnostics;
using MedicalGpt.Generators.Options.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MedicalGpt.Generators.Options.Reading;

/// <summary>Reads an options record into plain values; no symbol, syntax node or compilation leaves it.</summary>
internal static class RecordReader
{
    public static RecordResult Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        var type = (INamedTypeSymbol)context.TargetSymbol;
        var syntax = (TypeDeclarationSyntax)context.TargetNode;
        var place = syntax.Identifier.GetLocation();
        var problems = new List<Problem>();
        if (type is not { IsRecord: true, IsSealed: true, IsGenericType: false, ContainingType: null, BaseType.SpecialType: SpecialType.System_Object } || syntax.ParameterList is not null)
        {
            problems.Add(Problem.At(Rules.WrongShape, place, type.Name));
            return new(null, new(problems));
        }

        if (!syntax.Modifiers.Any(SyntaxKind.PartialKeyword))
            problems.Add(Problem.At(Rules.NotPartial, place, type.Name));
        var name = context.Attributes[0].Text(0);
        if (!Names.IsSnake(name))
            problems.Add(Problem.At(Rules.InvalidName, context.Attributes[0].Place(place), name));
        var summary = DocComment.Summary(syntax);
        if (summary.Length == 0)
            problems.Add(Problem.At(Rules.EmptySummary, place, type.Name));

        var options = new List<OptionModel>();
        var properties = new List<(OptionModel Option, IPropertySymbol Property, Location Place)>();
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in Properties(type))
        {
            cancellation.ThrowIfCancellationRequested();
            var declaration = (PropertyDeclarationSyntax)property.DeclaringSyntaxReferences[0].GetSyntax(cancellation);
            var semantics = context.SemanticModel.Compilation.GetSemanticModel(declaration.SyntaxTree);
            if (OptionReader.Read(property, declaration, semantics, problems) is not { } option)
                continue;
            options.Add(option);
            properties.Add((option, property, declaration.Identifier.GetLocation()));
        }

        foreach (var (option, _, at) in properties)
            ClaimKey(owners, option, at, problems);
        foreach (var (option, property, at) in properties)
            ClaimAliases(owners, option, property, at, problems);

        var stageDefaults = StageDefaults(type, owners, place, problems);
        var presets = Presets(type, place, problems);
        var model = new RecordModel
        {
            Namespace = type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(),
            Type = type.Name,
            Name = name,
            Summary = summary,
            Options = new(options),
            StageDefaults = new(stageDefaults),
            Presets = new(presets),
            Accepted = new(type.Ours("AcceptedWithoutEffect").Select(accepted => new KeyText(accepted.Text(0), accepted.Text(1)))),
        };
        return new(problems.Count == 0 ? model : null, new(problems))
        {
            IfTaken = Problem.At(Rules.DuplicateRecord, context.Attributes[0].Place(place), model.FullName, name),
        };
    }

    private static IEnumerable<IPropertySymbol> Properties(INamedTypeSymbol type) =>
        type.GetMembers().OfType<IPropertySymbol>().Where(property =>
            property is { DeclaredAccessibility: Accessibility.Public, IsStatic: false, IsIndexer: false, IsImplicitlyDeclared: false }
            && property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is PropertyDeclarationSyntax { ExpressionBody: null } syntax
            && syntax.AccessorList?.Accessors.All(accessor => accessor.Body is null && accessor.ExpressionBody is null) == true);

    private static void ClaimKey(Dictionary<string, string> owners, OptionModel option, Location place, List<Problem> problems)
    {
        if (owners.TryGetValue(option.Key, out var other))
            problems.Add(Problem.At(Rules.DuplicateKey, place, option.Property, other, option.Key));
        else
            owners.Add(option.Key, option.Property);
    }

    private static void ClaimAliases(Dictionary<string, string> owners, OptionModel option, IPropertySymbol property, Location place, List<Problem> problems)
    {
        foreach (var attribute in property.Ours("Alias"))
        {
            foreach (var alias in attribute.Texts())
            {
                if (owners.TryGetValue(alias, out var owner))
                    problems.Add(Problem.At(Rules.AliasClash, attribute.Place(place), option.Property, alias, owner));
                else
                    owners.Add(alias, option.Property);
            }
        }
    }

    private static List<KeyText> StageDefaults(INamedTypeSymbol type, Dictionary<string, string> owners, Location place, List<Problem> problems)
    {
        var list = new List<KeyText>();
        foreach (var attribute in type.Ours("StageDefault"))
        {
            var key = attribute.Text(0);
            if (owners.ContainsKey(key))
                problems.Add(Problem.At(Rules.OwnKeyDefault, attribute.Place(place), type.Name, key));
            if (attribute.Value(1) is { } value)
                list.Add(new(key, value));
            else
                problems.Add(Problem.At(Rules.ValueNotConstant, attribute.Place(place), type.Name, key));
        }

        return list;
    }

    private static List<PresetModel> Presets(INamedTypeSymbol type, Location place, List<Problem> problems)
    {
        var list = new List<PresetModel>();
        foreach (var attribute in type.Ours("Preset"))
        {
            if (attribute.Value(2) is { } value)
                list.Add(new(attribute.Text(0), attribute.Text(1), value));
            else
                problems.Add(Problem.At(Rules.ValueNotConstant, attribute.Place(place), type.Name, attribute.Text(1)));
        }

        return list;
    }
}
