namespace System.Runtime.CompilerServices;

/// <summary>Lets records compile for netstandard2.0, which Roslyn components target.</summary>
internal static class IsExternalInit;
