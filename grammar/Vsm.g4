// The language of value stream maps: what can be written. compiler/lower decides which properties and statements are
// allowed where and what a value must be, so that a misplaced or misspelt word gets a message in the language's own
// terms.
//
// Keywords are contextual: rule `word` allows every one of them as a name. A property has one value and a statement
// begins with a keyword, so no separators are needed.
//
// The next token decides everywhere (LL(1)), so ANTLR writes plain switches and predicts nothing. Where more tokens
// would be needed, compiler/parse/antlr/token_types.cpp tells tokens apart by their neighbours: PROPERTY_NAME is a
// keyword before a colon, PROPERTY_AFTER_WAIT any word there that is not the name of a wait, DISTRIBUTION_NAME a word
// before `(`, RATE_AMOUNT an amount before `/`, TRAILING_COMMA one before `]` or `)`; LONE_BY and LONE_ON do not
// continue a target or a remark. The lexer below knows neither these nor keywords: it defines the tokens, and
// compiler/parse/tokens/scanner.cpp, which is faster, gives the same ones.
grammar Vsm;

options { superClass = PooledParser; }

@parser::postinclude {
#include "grammar/pooled_parser.h"
}

@parser::members {
  /// Builds the tables that tell which tokens are expected: for error recovery. Parsing needs none.
  static void build_tables();
}

tokens {
  IMPORT, TEAM, STREAM, FUTURE, STAGE, STEP, PARALLEL, CHOOSE, BRANCH, WAIT, QUEUE, REWORK, TARGET, EXPECT, NOTE,
  KAIZEN, ALLOW, CHANGE, REMOVE, ADD, REPLACE, MOVE, OF, BY, ONCE, TO, FROM, ON, BEFORE, AFTER, WITH,
  PROPERTY_NAME, DISTRIBUTION_NAME, RATE_AMOUNT, TRAILING_COMMA, PROPERTY_AFTER_WAIT,
  LONE_BY, LONE_ON
}

file      : (items+=item ','?)* EOF ;

block     : '{' (items+=item ','?)* '}' ;

item      : fact=property | said=statement ;

statement : a_import=import_file | a_team=team | a_stream=stream | a_future=future
          | a_stage=stage | a_step=step | a_parallel=parallel | a_choose=choose | a_branch=branch | a_wait=wait
          | a_queue=queue | a_rework=rework | a_target=target | an_expect=expect | a_note=note | a_kaizen=kaizen
          | an_allow=allow
          | a_change=change | a_remove=remove | an_add=add | a_replace=replace | a_move=move
          ;

property  : name=(PROPERTY_NAME | PROPERTY_AFTER_WAIT | NAME | OF | LONE_BY | ONCE | TO | FROM | LONE_ON | BEFORE
          | AFTER | WITH) ':' val=value ;

import_file : keyword=IMPORT path=STRING ;
team      : keyword=TEAM name=word title=STRING? body=block? ;
stream    : keyword=STREAM name=word title=STRING? body=block ;
future    : keyword=FUTURE name=word title=STRING? OF base=word ((BY | LONE_BY) due=DATE)? body=block ;

stage     : keyword=STAGE name=word title=STRING? body=block ;
step      : keyword=STEP name=word title=STRING? body=block? ;
parallel  : keyword=PARALLEL name=word? title=STRING? body=block ;
choose    : keyword=CHOOSE name=word? title=STRING? body=block ;
branch    : keyword=BRANCH share=PERCENT? name=word? title=STRING? body=block ;
wait      : keyword=WAIT name=word? time=duration title=STRING? body=block? ;
queue     : keyword=QUEUE name=word? count=amount title=STRING? body=block? ;

rework    : keyword=REWORK probability=PERCENT once=ONCE? (TO to=word | body=block) ;
target    : keyword=TARGET of=metric (FROM baseline=figure TO)? rel=relation bound=figure (BY due=DATE)? text=STRING? ;
expect    : keyword=EXPECT of=metric rel=relation bound=figure ;
note      : keyword=NOTE text=STRING (ON element=word)? ;
kaizen    : keyword=KAIZEN text=STRING (ON element=word)? body=block? ;
allow     : keyword=ALLOW rule_name=word reason=STRING ;

change    : keyword=CHANGE element=word body=block ;
remove    : keyword=REMOVE element=word ;
add       : keyword=ADD side=(BEFORE | AFTER) anchor=word added=item ;
replace   : keyword=REPLACE element=word WITH added=item ;
move      : keyword=MOVE element=word side=(BEFORE | AFTER) anchor=word ;

value     : time=duration | per=rate | on=date | text=STRING | single=word | many=list | not_applicable=NOT_APPLICABLE ;
duration  : unknown='?' | range=span | shape=distribution ;
figure    : range=span | per=rate ;
span      : guess='~'? parts+=amount ('..' parts+=amount ('..' parts+=amount)?)? ;
distribution : name=DISTRIBUTION_NAME
          '(' (arguments+=argument (',' arguments+=argument)* TRAILING_COMMA?)? ')' ;
argument  : name=word? size=amount ;
rate      : first=RATE_AMOUNT '/' first_unit=word (second=RATE_AMOUNT '/' second_unit=word)? ;
date      : day=DATE source=STRING? ;
list      : '[' (values+=value (',' values+=value)* TRAILING_COMMA?)? ']' ;
amount    : QUANTITY | PERCENT | NUMBER ;
metric    : parts+=word ('.' parts+=word)* ;
relation  : '<=' | '>=' | '<' | '>' | '=' ;

word      : NAME | PROPERTY_NAME
          | IMPORT | TEAM | STREAM | FUTURE | STAGE | STEP | PARALLEL | CHOOSE | BRANCH | WAIT | QUEUE | REWORK | TARGET
          | EXPECT | NOTE | KAIZEN | ALLOW | CHANGE | REMOVE | ADD | REPLACE | MOVE | OF | BY | ONCE | TO | FROM | ON
          | BEFORE | AFTER | WITH | LONE_BY | LONE_ON
          ;

OPEN : '{' ;          CLOSE : '}' ;       OPEN_LIST : '[' ;     CLOSE_LIST : ']' ;
OPEN_ARGUMENTS : '(' ; CLOSE_ARGUMENTS : ')' ;
COLON : ':' ;         COMMA : ',' ;       RANGE : '..' ;        DOT : '.' ;           PER : '/' ;
GUESS : '~' ;         UNKNOWN : '?' ;     NOT_APPLICABLE : 'n/a' ;
AT_MOST : '<=' ;      AT_LEAST : '>=' ;   BELOW : '<' ;         ABOVE : '>' ;         EQUAL : '=' ;
PERCENT_SIGN : '%' ;  MINUS : '-' ;

// Wider than the language: invalid numbers, units, dates and names are rejected later, with messages of their own.
PERCENT  : NUMBER_TEXT '%' ;
NUMBER   : NUMBER_TEXT ;
QUANTITY : NUMBER_TEXT LETTER (LETTER | DIGIT | '.' DIGIT)* ;
DATE     : DIGIT+ '-' DIGIT+ ('-' DIGIT+)? ;
NAME     : LETTER (LETTER | DIGIT | '-')* ;

STRING        : '"' STRING_PART* '"' ;
UNCLOSED_TEXT : '"' STRING_PART* '\\'? ;

COMMENT    : '#' ~[\r\n]* -> channel(HIDDEN) ;
BLANK      : [ \t\r\n]+ -> skip ;
UNEXPECTED : . ;

fragment NUMBER_TEXT : DIGIT+ ('.' DIGIT+)? ;
fragment STRING_PART : ~["\\\r\n] | '\\' ~[\r\n] ;
fragment DIGIT       : [0-9] ;
// Characters beyond ASCII are letters here, but no name may contain them; the check of names reports them.
fragment LETTER      : [A-Za-z_\u007F-\u{10FFFF}] ;
