/**
 * From a directory of sources to facts: {@link dev.quarry.ingest.Ingest} is the way in, {@link
 * dev.quarry.ingest.FactsSink} the way out. The classes by the stage that they serve:
 *
 * <ul>
 *   <li>Scan: {@code RepositoryScan}, {@code FolderWalk}, {@code IgnoreRules}, {@code ScannedFile}, {@code SkipReason};
 *       {@code ResourceFiles} for what frameworks read beside the sources.
 *   <li>Class path: {@code ClassPathFinder} asks {@code MavenModules} ({@code Pom…}, {@code Maven…}, {@code
 *       DependencyResolver}) and {@code GradleModules} ({@code Gradle…}); {@code LocalRepository} and {@code JarIndex}
 *       find the jars; {@code ModuleFiles} divides the files among the modules.
 *   <li>Syntax: {@code JavaSyntax}, and {@code CompilerSyntax} where JavaParser refuses a legal file; {@code
 *       CanonicalHashes}, {@code DocComments}; {@code TreeSitter} and {@code Outline…} for broken text.
 *   <li>Binding: {@code Binder} runs {@code EcjCompiler} for each module over {@code EcjEnvironment}; {@code UnitWalker},
 *       {@code DeclarationWalker} and {@code BodyVisitor} read the bound trees; {@code CallTargets} with {@code
 *       SettledCalls}, {@code Overloads}, {@code ExpressionTypes} and {@code MissingSupertypes} say what the compiler leaves
 *       open, {@code Damage} and {@code LostMembers} what broken text makes doubtful; {@code Lombok…} adds members
 *       before, {@code GeneratedTypes} names what other processors would make.
 *   <li>Facts: {@code Stages} runs syntax and binding side by side; {@code FactsAssembler} joins them for a file, {@code
 *       SharedFactsBuilder} for the repository.
 *   <li>Runs: {@code WholeAnalysis} for all files; {@code Reanalysis} for what a change bears on, over what an {@code
 *       IngestSession} keeps: {@code Analysis}, {@code AnalysedFile}, {@code FileTrace}.
 *   <li>What follows from all files, each a {@code Derivation}: {@code Dispatch} (with {@code CallCollector}, {@code
 *       DispatchCandidates}, {@code FunctionFlow}), {@code TestLinks}, {@code ModuleServices}, and {@code
 *       FrameworkDerivation}, which runs the {@code FrameworkExtractor}s over what {@code FrameworkCollector} has noted.
 * </ul>
 *
 * <p>No class but the public ones is used outside; each stage uses those before it only.
 */
@org.jspecify.annotations.NullMarked
package dev.quarry.ingest;
